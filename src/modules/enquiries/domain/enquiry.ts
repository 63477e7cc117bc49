import type { StateMachine } from '../../../kernel/state-machine.ts'

export const enquirySides = ['seller', 'buyer'] as const
export type EnquirySide = (typeof enquirySides)[number]

/** `open`: the seller is asked. `quoted`: a price stands that the other side may accept. */
export const enquiryStates = ['open', 'quoted', 'accepted', 'declined', 'withdrawn', 'expired'] as const
export type EnquiryState = (typeof enquiryStates)[number]
export type EnquiryAction = 'quote' | 'accept' | 'decline' | 'withdraw' | 'expire'

export const enquiryMachine: StateMachine<EnquiryState, EnquiryAction> = {
  open: { quote: 'quoted', decline: 'declined', withdraw: 'withdrawn', expire: 'expired' },
  quoted: { quote: 'quoted', accept: 'accepted', decline: 'declined', withdraw: 'withdrawn', expire: 'expired' },
  accepted: {},
  declined: {},
  withdrawn: {},
  expired: {},
}

/** Days in which a seller answers an enquiry before it expires. */
export const answerDays = 30
/** Longest validity of a quote. */
export const longestValidityDays = 365

export const enquiryEnders = ['seller', 'buyer', 'time'] as const

type Standing = { side: EnquirySide; validUntil: string }

/**
 * What a side may do beyond what the machine allows: the seller quotes first, nobody accepts its own quote or one that has run
 * out, and only the buyer takes its question back.
 * @param latest the newest quote, which stands for all before it. @param today calendar day in China.
 */
export function mayAct(
  side: EnquirySide,
  action: Exclude<EnquiryAction, 'expire'>,
  { latest, today }: { latest: Standing | undefined; today: string },
): boolean {
  switch (action) {
    case 'quote':
      return side === 'seller' || latest !== undefined
    case 'accept':
      return latest !== undefined && latest.side !== side && latest.validUntil >= today
    case 'withdraw':
      return side === 'buyer'
    case 'decline':
      return side === 'seller' || latest !== undefined
  }
}
