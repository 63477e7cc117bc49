import type { Id } from '../../kernel/ids.ts'
import { brokersOfPair } from './brokers-of-pair.ts'
import type { DealDeps } from './change-deal.ts'
import { openDeal } from './open-deal.ts'
import { titleOf } from './title-of.ts'

export type TakenLicence = {
  acceptanceId: Id<'licenceAcceptance'>
  supplyId: Id<'supply'>
  market: string
  licensorOrgId: Id<'organisation'>
  licenseeOrgId: Id<'organisation'>
  /** What was due at once. */
  amountFen: number
}

/** Opens the deal of an open licence that was taken, at its declared price: the contract still has to be registered. */
export async function openOfLicence(deps: DealDeps, taken: TakenLicence): Promise<undefined> {
  const { acceptanceId, supplyId, market, licensorOrgId, licenseeOrgId, amountFen } = taken
  await openDeal(deps, {
    ...{ source: { kind: 'licence', acceptanceId }, market, supplyId, title: await titleOf(deps.db, supplyId) },
    ...{ providerOrgId: licensorOrgId, acquirerOrgId: licenseeOrgId, pricing: 'fixed', intentAmountFen: amountFen },
    brokers: await brokersOfPair(deps.db, { supplyId, acquirerOrgId: licenseeOrgId }),
  })
}
