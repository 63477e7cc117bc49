import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Schedule, type Subscription, snooze } from '../../kernel/job.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { listingClosed, listingReturned } from '../listings/index.ts'
import { closeLot } from './close-lot.ts'
import { endOverdueAwards } from './end-overdue-awards.ts'
import { lotAnnounced } from './events.ts'
import { sweepLots } from './sweep-lots.ts'
import { withdrawLotsOfSupply } from './withdraw-lot.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; live: LiveChannel }

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

export const withdrawLotsOfSupplyJob = defineJob({
  name: 'auctions.withdraw-lots-of-supply',
  queue: 'auctions',
  attempts: 5,
  payload: z.object({ supplyId: idSchema('supply') }),
  run: withdrawLotsOfSupply,
})

export const endOverdueAwardsJob = defineJob({
  name: 'auctions.end-overdue-awards',
  queue: 'auctions',
  attempts: 3,
  payload: z.object({}),
  run: (deps: Deps) => endOverdueAwards(deps),
})

export const auctionJobs: readonly Job<Deps>[] = [
  closeLotJob,
  sweepLotsJob,
  withdrawLotsOfSupplyJob,
  endOverdueAwardsJob,
]

export const auctionSchedules: readonly Schedule[] = [
  { id: 'auctions.sweep-lots', request: sweepLotsJob.request({}, { coalesce: 'sweep' }), everyMs: 5_000 },
  { id: 'auctions.end-overdue-awards', request: endOverdueAwardsJob.request({}), pattern: '25 * * * *' },
]

/** Demands and finance products are not auctioned. */
function withdrawalsOf({ listingId }: { listingId: string }) {
  const { success, data: supplyId } = idSchema('supply').safeParse(listingId)
  return success ? [withdrawLotsOfSupplyJob.request({ supplyId })] : []
}

export const auctionSubscriptions: readonly Subscription[] = [
  on(lotAnnounced, ({ lotId, endsAt }) => [closeLotJob.request({ lotId }, { runAt: new Date(endsAt) })]),
  on(listingClosed, withdrawalsOf),
  on(listingReturned, withdrawalsOf),
]
