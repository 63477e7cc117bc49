import { type BrokerShare, splitCommission } from './broker-shares.ts'
import { type DealStage, isClosed } from './stage.ts'

/** What the brokers of a deal get, with all that it follows from, so that it can be computed again years later. */
export type Commission = {
  /** `registered`: of the 技术交易额 that was certified; `signed`: of that in the contract, until then. */
  basis: 'signed' | 'registered'
  technologyAmountFen: number
  rateBp: number
  amountFen: number
  parts: (BrokerShare & { amountFen: number })[]
}

type Closing = {
  stage: DealStage
  technologyAmountFen: number | null
  registration: { technologyAmountFen: number } | null
  brokers: readonly BrokerShare[]
}

/**
 * Of the 技术交易额 and not of the whole contract: goods that come with the technology are not brokered. Rounded down to the fen,
 * and split without losing one. Null before the signature, without brokers, and while the amount is not known.
 */
export function commissionOf(deal: Closing, rateBp: number): Commission | null {
  const { stage, registration, brokers } = deal
  const technologyAmountFen = registration?.technologyAmountFen ?? deal.technologyAmountFen
  if (!isClosed(stage) || rateBp === 0 || brokers.length === 0 || technologyAmountFen === null) return null
  const amountFen = Number((BigInt(technologyAmountFen) * BigInt(rateBp)) / 10_000n)
  const amounts = splitCommission(amountFen, brokers)
  return {
    basis: registration === null ? 'signed' : 'registered',
    ...{ technologyAmountFen, rateBp, amountFen },
    parts: brokers.map((share, index) => ({ ...share, amountFen: amounts[index] ?? 0 })),
  }
}
