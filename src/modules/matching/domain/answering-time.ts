/** How soon an organisation answers what it is asked: the median, in hours, of so many cases. */
export type AnsweringTime = { hours: number; cases: number }

/** A question to an organisation: answered after these hours, ended by its silence, or not answered so far or before others ended it. */
export type Question = { hours: number; end: 'answered' | 'silence' | 'none' }

export const answeringRule = {
  /** What was asked before says nothing of today's people. */
  days: 180,
  /** Fewer are chance: one holiday would make a third of them. */
  leastCases: 3,
  /** A week is as good as never. */
  mostHours: 168,
} as const

/**
 * The median over the cases; undefined when they are too few. Silence counts as a week, and so does a question that has waited for
 * one. A question that waits for less is no case: to leave it out favours nobody who answers.
 */
export function answeringTimeOf(questions: readonly Question[]): AnsweringTime | undefined {
  const { leastCases, mostHours } = answeringRule
  const waits = questions.flatMap(({ hours, end }) => {
    if (end === 'none' && hours < mostHours) return []
    return [end === 'answered' ? Math.min(mostHours, Math.max(0, hours)) : mostHours]
  })
  if (waits.length < leastCases) return undefined
  waits.sort((a, b) => a - b)
  const [below = 0, above = 0] = [waits[Math.ceil(waits.length / 2) - 1], waits[Math.floor(waits.length / 2)]]
  return { hours: Math.round(((below + above) / 2) * 10) / 10, cases: waits.length }
}

/** From 1, at once, to 0, a week or never, by the logarithm: 6 hours 0.62, a day 0.37, three days 0.16. */
export function responsivenessOf({ hours }: AnsweringTime): number {
  return Math.max(0, 1 - Math.log1p(hours) / Math.log1p(answeringRule.mostHours))
}
