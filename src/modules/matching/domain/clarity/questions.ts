/** A question that the demand leaves open, and what an answer is worth. */
export type OpenQuestion = {
  topic: string
  /** Points of clarity; 0 for what is no element. */
  weight: number
  /** Nothing is said at all; otherwise something is. */
  isMissing: boolean
  separates: number
}

/**
 * How many candidates an answer may tell from the rest: all but the largest group of those that say the same. Ten that all
 * name level 7 are told apart by no answer about maturity; nine that name different prices and one that names none, by nearly
 * any budget. Saying nothing is a group like any other, since what is not said fails no gate.
 */
export function separatedBy(answers: readonly string[]): number {
  const groups = new Map<string, number>()
  for (const answer of answers) groups.set(answer, (groups.get(answer) ?? 0) + 1)
  return answers.length - Math.max(0, ...groups.values())
}

/** What was never said before what was half said, then by candidates told apart, then by weight; ties keep their order. */
export function orderQuestions<Q extends OpenQuestion>(questions: readonly Q[]): Q[] {
  return [...questions].sort(
    (a, b) => Number(b.isMissing) - Number(a.isMissing) || b.separates - a.separates || b.weight - a.weight,
  )
}
