/** What a model says of a decided pair, and what was decided. */
export type Verdict = { probability: number; isApproved: boolean }

export type HeldOutFigures = { logLoss: number; auc: number }

/** How well probabilities foretell decisions: the mean surprise, and how often an approved pair is above a rejected one. */
export function judgeVerdicts(verdicts: readonly Verdict[]): HeldOutFigures {
  const losses = verdicts.map(({ probability, isApproved }) => {
    const said = isApproved ? probability : 1 - probability
    return -Math.log(Math.max(1e-12, said))
  })
  return { logLoss: losses.reduce((sum, loss) => sum + loss, 0) / verdicts.length, auc: aucOf(verdicts) }
}

/** Better on neither figure is no reason to change; worse on one is a reason not to. */
export function isNotWorse(candidate: HeldOutFigures, active: HeldOutFigures): boolean {
  return candidate.logLoss <= active.logLoss && candidate.auc >= active.auc
}

function aucOf(verdicts: readonly Verdict[]): number {
  const approved = verdicts.filter(({ isApproved }) => isApproved)
  const rejected = verdicts.filter(({ isApproved }) => !isApproved)
  let wins = 0
  for (const one of approved) {
    for (const other of rejected) wins += 0.5 * (1 + Math.sign(one.probability - other.probability))
  }
  const pairs = approved.length * rejected.length
  return pairs === 0 ? 0.5 : wins / pairs
}
