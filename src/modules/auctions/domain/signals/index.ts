import type { Signal, SignalFacts } from './facts.ts'
import { feedingSignals, lateExcludedSignals, rotationSignals } from './history.ts'
import { nearnessSignals, neighbourDefaultSignals, relatedElsewhereSignals } from './nearness.ts'

export { addressRange } from './address-range.ts'
export { type PastLot, type Signal, type SignalBidder, type SignalFacts, signalCodes } from './facts.ts'

const rules = [
  nearnessSignals,
  relatedElsewhereSignals,
  feedingSignals,
  rotationSignals,
  lateExcludedSignals,
  neighbourDefaultSignals,
]

/** Everything about a lot's bidding that deserves a look. */
export function signalsOf(facts: SignalFacts): Signal[] {
  return rules.flatMap((rule) => rule(facts))
}
