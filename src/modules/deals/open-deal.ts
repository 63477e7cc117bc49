import { withTx } from '../../db/tx.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { findListings } from '../listings/index.ts'
import type { DealDeps } from './change-deal.ts'
import { insertDealChange } from './change-repo.ts'
import { type Deal, findDealOfSource, getDeal, insertDeal } from './deal-repo.ts'
import type { BrokerShare } from './domain/broker-shares.ts'
import type { PricingMode } from './domain/publicity.ts'
import { type DealSource, sourceKeyOf } from './domain/source.ts'
import { dealOpened, factOf } from './events.ts'

/** What another module knows of a deal that it has caused. */
export type OpenDeal = {
  source: DealSource
  market: string
  title: string
  providerOrgId: Id<'organisation'>
  acquirerOrgId: Id<'organisation'>
  demandId?: Id<'demand'> | null
  supplyId?: Id<'supply'> | null
  brokers?: BrokerShare[]
  pricing?: PricingMode
  /** What the parties have in mind, or what an auction or a quote came to: an intent until it is signed. */
  intentAmountFen?: number | null
  /** The user who asked for it; null for an event of another module. */
  createdBy?: Id<'user'> | null
}

/**
 * Opens the deal of a source at the stage of intent. A source has one deal: asked again, by a repeated event or by the other
 * side, it answers the same one.
 */
export function openDeal({ db, clock }: DealDeps, input: OpenDeal): Promise<{ deal: Deal; isNew: boolean }> {
  const now = clock.now()
  return withTx(db, async (tx) => {
    const fields = await fieldsOf(tx, input)
    const deal = newDeal(input, fields, now)
    if (await insertDeal(tx, deal)) {
      const { id: dealId, createdBy: userId, intentAmountFen } = deal
      const changes = { intentAmountFen: { before: null, after: intentAmountFen } }
      const entry = { dealId, version: 1, action: 'open', fromStage: null, toStage: deal.stage, changes }
      await insertDealChange(tx, { ...entry, userId, orgId: null, at: now })
      await appendEvents(tx, [dealOpened(factOf(deal), now)])
      return { deal, isNew: true }
    }
    const known = await findDealOfSource(tx, deal.sourceKind, deal.sourceKey ?? '')
    return { deal: known ?? (await getDeal(tx, deal.id)), isNew: false }
  })
}

/** The fields of the demand, or of the supply where there is no demand. */
async function fieldsOf(db: DealDeps['db'], { demandId, supplyId }: OpenDeal): Promise<string[]> {
  const found = await findListings(
    db,
    [demandId, supplyId].flatMap((id) => (id ? [id] : [])),
  )
  const demand = found.find(({ kind }) => kind === 'demand')
  return (demand ?? found[0])?.content.fields ?? []
}

function newDeal(input: OpenDeal, fields: string[], now: Date): Deal {
  const { source, market, title, providerOrgId, acquirerOrgId } = input
  return {
    ...{ id: newId('deal'), market, fields, title, providerOrgId, acquirerOrgId, stage: 'intent' },
    ...{ source, sourceKind: source.kind, sourceKey: sourceKeyOf(source) },
    ...{ demandId: input.demandId ?? null, supplyId: input.supplyId ?? null },
    ...{ subject: null, traits: [], contractType: null, pricing: input.pricing ?? null, publicity: null },
    ...{ ip: [], milestones: [], payments: [], brokers: input.brokers ?? [] },
    ...{ intentAmountFen: input.intentAmountFen ?? null, contractAmountFen: null },
    ...{ technologyAmountFen: null, technologyIncomeFen: null, commission: null },
    ...{ termsVersion: 1, providerConfirmation: null, acquirerConfirmation: null },
    ...{ signing: null, registration: null, refusals: [], performedOn: null, dropped: null },
    ...{ version: 1, createdBy: input.createdBy ?? null, createdAt: now, updatedAt: now },
  }
}
