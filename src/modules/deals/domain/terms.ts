import type { Amounts } from './amounts.ts'
import type { BrokerShare } from './broker-shares.ts'
import type { Milestone, Payment } from './payment.ts'
import type { PricingMode, Publicity } from './publicity.ts'

/** A right that the contract is about; the number as its office writes it. */
export type DealRight = { type: string; title: string; number?: string | undefined }

/** What the parties agree on: a change of any of it makes a new version of the terms, which both confirm anew. */
export type Terms = Amounts & {
  title: string
  /** What the contract is about, in the words of the parties; the classifier reads it. */
  subject: string | null
  traits: string[]
  contractType: string | null
  pricing: PricingMode | null
  ip: DealRight[]
  milestones: Milestone[]
  payments: Payment[]
}

/** What is said beside the terms. */
export type Particulars = {
  intentAmountFen: number | null
  publicity: Publicity | null
  brokers: BrokerShare[]
}

export const termNames = [
  'title',
  'subject',
  'traits',
  'contractType',
  'pricing',
  'ip',
  'milestones',
  'payments',
  'contractAmountFen',
  'technologyAmountFen',
  'technologyIncomeFen',
] as const satisfies readonly (keyof Terms)[]

/** Under way, steps and payments are recorded; all other terms stand as signed. */
export const recordedNames = ['milestones', 'payments', 'brokers'] as const

export type Confirmation = { termsVersion: number; userId: string; at: string }
type Confirmed = {
  termsVersion: number
  providerConfirmation: Confirmation | null
  acquirerConfirmation: Confirmation | null
}

/** The sides that have not confirmed the terms as they are now; an earlier version's confirmation counts for nothing. */
export function unconfirmedSides(deal: Confirmed): ('provider' | 'acquirer')[] {
  const isDue = (confirmation: Confirmation | null) => confirmation?.termsVersion !== deal.termsVersion
  return [
    ...(isDue(deal.providerConfirmation) ? (['provider'] as const) : []),
    ...(isDue(deal.acquirerConfirmation) ? (['acquirer'] as const) : []),
  ]
}

/** What a contract needs before it can be signed and is not there yet. */
export function missingForSignature(terms: Pick<Terms, 'contractAmountFen' | 'contractType' | 'pricing'>): string[] {
  return (['contractAmountFen', 'contractType', 'pricing'] as const).filter((name) => terms[name] === null)
}
