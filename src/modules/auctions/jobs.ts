import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Schedule, type Subscription, snooze } from '../../kernel/job.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { closeLot } from './close-lot.ts'
import { lotAnnounced } from './events.ts'
import { sweepLots } from './sweep-lots.ts'

type Deps = { db: Db; vault: Vault; live: LiveChannel }

/** Comes at the announced end; while bids have moved it, waits for the new one. */
export const closeLotJob = defineJob({
  name: 'auctions.close-lot',
  queue: 'auctions',
  attempts: 10,
  payload: z.object({ lotId: idSchema('auction') }),
  run: async (deps: Deps, { lotId }) => {
    const early = await closeLot(deps, { lotId })
    return early && snooze(early.waitMs)
  },
})

/** The net under the timers: whatever a lost, late or dead job left open. */
export const sweepLotsJob = defineJob({
  name: 'auctions.sweep-lots',
  queue: 'auctions',
  attempts: 1,
  payload: z.object({}),
  run: (deps: Deps) => sweepLots(deps),
})

export const auctionJobs: readonly Job<Deps>[] = [closeLotJob, sweepLotsJob]

export const auctionSchedules: readonly Schedule[] = [
  { id: 'auctions.sweep-lots', request: sweepLotsJob.request({}, { coalesce: 'sweep' }), everyMs: 5_000 },
]

export const auctionSubscriptions: readonly Subscription[] = [
  on(lotAnnounced, ({ lotId, endsAt }) => [closeLotJob.request({ lotId }, { runAt: new Date(endsAt) })]),
]
