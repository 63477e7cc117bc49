/** A reason is shown once this many brokers gave it: fewer could be recognised, and one may be a whim. */
export const leastBrokers = 3

export type ReasonCount = { reasonCode: string; brokers: number }
export type Feedback = {
  reasons: ReasonCount[]
  /** Whether there are reasons that too few brokers gave. */
  isMoreWithheld: boolean
}

/** What the owner of a listing hears of its rejections: how many different brokers gave a reason, and never who. */
export function feedbackOf(counts: readonly ReasonCount[]): Feedback {
  const reasons = counts
    .filter(({ brokers }) => brokers >= leastBrokers)
    .sort((a, b) => b.brokers - a.brokers || (a.reasonCode < b.reasonCode ? -1 : 1))
  return { reasons, isMoreWithheld: reasons.length < counts.length }
}
