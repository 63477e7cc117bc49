import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { getDeal } from '../deals/index.ts'
import { type Deed, insertDeeds } from './deed-repo.ts'

/** The ledger takes what a fact says, once for each broker. */
export async function recordDeeds(deps: { db: Db }, { deeds }: { deeds: DeedFact[] }): Promise<undefined> {
  await insertDeeds(
    deps.db,
    deeds.map(({ at, shareBp, ...deed }) => ({ ...deed, shareBp: shareBp ?? null, at: new Date(at) })),
  )
}

export type DeedFact = Omit<Deed, 'at' | 'shareBp'> & { at: string; shareBp?: number | undefined }

export type DealFact = { eventId: Id<'event'>; dealId: Id<'deal'>; action: string; at: string }

/** What became of a deal, for every broker who has a share of it. */
export async function recordDealDeeds(deps: { db: Db }, fact: DealFact): Promise<undefined> {
  const { eventId, dealId: objectId, action, at } = fact
  const { market, brokers } = await getDeal(deps.db, objectId)
  await insertDeeds(
    deps.db,
    brokers.map(({ userId, shareBp }) => {
      return { eventId, userId, kind: 'deal', action, market, objectId, shareBp, at: new Date(at) }
    }),
  )
}
