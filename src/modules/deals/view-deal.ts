import type { Db } from '../../db/client.ts'
import { getOrganisation, type Organisation } from '../identity/index.ts'
import { getMarket } from '../markets/index.ts'
import type { Deal } from './deal-repo.ts'
import { daysInForce } from './domain/publicity.ts'
import type { DealRelation } from './policy.ts'

/** A deal with what its answer names of other modules. */
export type DealDetail = {
  deal: Deal
  relation: DealRelation
  provider: Organisation
  acquirer: Organisation
  publicityDays: number | undefined
  /** The day in China. */
  today: string
}

/** Adds the parties, and the publicity that holds for a contract of the day it was signed, or of today. */
export async function detailOf(
  db: Db,
  { deal, relation }: { deal: Deal; relation: DealRelation },
  today: string,
): Promise<DealDetail> {
  const { rules } = await getMarket(db, deal.market)
  return {
    ...{ deal, relation, today },
    provider: await getOrganisation(db, deal.providerOrgId),
    acquirer: await getOrganisation(db, deal.acquirerOrgId),
    publicityDays: daysInForce(rules.pricePublicity, deal.signing?.signedOn ?? today),
  }
}
