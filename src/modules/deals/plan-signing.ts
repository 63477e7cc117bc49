import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import { getOrganisation } from '../identity/index.ts'
import { getMarket } from '../markets/index.ts'
import type { Deal, DealChange } from './deal-repo.ts'
import type { Evidence } from './domain/payment.ts'
import { daysInForce, firstSigningDay, needsPublicity } from './domain/publicity.ts'
import { missingForSignature, unconfirmedSides } from './domain/terms.ts'
import type { DealRelation } from './policy.ts'

type Signature = {
  signedOn: string
  contractNo?: string | undefined
  evidence?: Evidence[] | undefined
  relation: DealRelation
}

/**
 * The signature of a contract: both sides have confirmed these terms here, or the operator records the signed paper with its
 * hash. A price by agreement of a university has been public long enough.
 * @throws DEAL_INCOMPLETE, PRICE_PUBLICITY_OPEN, CONFIRMATION_MISSING
 */
export async function planSigning(tx: Tx, deal: Deal, signature: Signature): Promise<DealChange> {
  const missing = missingForSignature(deal)
  if (missing.length > 0) {
    throw new AppError('DEAL_INCOMPLETE', `A contract is signed with: ${missing.join(', ')}.`, { details: { missing } })
  }
  await assertPublicised(tx, deal, signature.signedOn)
  const { signedOn, contractNo, evidence = [], relation } = signature
  const unconfirmed = unconfirmedSides(deal)
  const isOnPaper = relation === 'operator' && evidence.length > 0
  if (unconfirmed.length > 0 && !isOnPaper) {
    const message =
      'Both sides confirm the present terms before the signature, or the operator records the signed paper.'
    throw new AppError('CONFIRMATION_MISSING', message, { details: { unconfirmed, termsVersion: deal.termsVersion } })
  }
  const record = unconfirmed.length === 0 ? ('both_sides' as const) : ('operator' as const)
  return { signing: { signedOn, record, evidence, ...(contractNo !== undefined && { contractNo }) } }
}

/** @throws PRICE_PUBLICITY_OPEN with the first day on which the contract may be signed. */
async function assertPublicised(tx: Tx, deal: Deal, signedOn: string): Promise<void> {
  const provider = await getOrganisation(tx, deal.providerOrgId)
  if (!needsPublicity(provider.kind, deal.pricing)) return
  const { rules } = await getMarket(tx, deal.market)
  const days = daysInForce(rules.pricePublicity, signedOn)
  if (days === undefined) return
  if (deal.publicity === null) {
    const message = `A price by agreement is made public for ${days} days before the contract is signed.`
    throw new AppError('PRICE_PUBLICITY_OPEN', message, { details: { days, publicityFrom: null } })
  }
  const signableFrom = firstSigningDay(deal.publicity, days)
  if (signedOn >= signableFrom) return
  throw new AppError('PRICE_PUBLICITY_OPEN', `The price is public until ${signableFrom}; sign on that day or later.`, {
    details: { days, publicityFrom: deal.publicity.from, signableFrom },
  })
}
