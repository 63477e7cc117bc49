import { seededRandom } from '../../embedding/random.ts'
import { groupsOf, type Judged, ndcgByGroup } from './metrics.ts'

export type Interval = { mean: number; low: number; high: number }
export type Difference = { score: Interval; ndcg10: Interval }

const ROUNDS = 1000

/**
 * How much better `ours` is than `theirs` on the same pairs: the mean and the middle 95 % over 1,000 draws of as many
 * demands, with replacement. Demands are drawn, not pairs, because pairs of one demand share its difficulty.
 */
export function pairedDifference(ours: readonly Judged[], theirs: readonly Judged[], seed: number): Difference {
  const [a, b] = [tallies(ours, seed), tallies(theirs, seed)]
  const demands = [...a.keys()]
  const random = seededRandom(seed)
  const score: number[] = []
  const ndcg10: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = demands.map(() => demands[Math.floor(random() * demands.length)] ?? '')
    const [x, y] = [figures(a, drawn), figures(b, drawn)]
    score.push(x.score - y.score)
    ndcg10.push(x.ndcg10 - y.ndcg10)
  }
  return { score: intervalOf(score), ndcg10: intervalOf(ndcg10) }
}

type Tally = { error: number; pairs: number; ndcg: number | undefined }

function tallies(rows: readonly Judged[], seed: number): Map<string, Tally> {
  const ndcg = ndcgByGroup(rows, seed)
  const entries = [...groupsOf(rows)].map(([group, members]): [string, Tally] => {
    const error = members.reduce((sum, { level, predicted }) => sum + Math.abs(level - predicted), 0)
    return [group, { error, pairs: members.length, ndcg: ndcg.get(group) }]
  })
  return new Map(entries)
}

function figures(tallyOf: ReadonlyMap<string, Tally>, drawn: readonly string[]) {
  let [error, pairs, gain, ranked] = [0, 0, 0, 0]
  for (const group of drawn) {
    const tally = tallyOf.get(group)
    error += tally?.error ?? 0
    pairs += tally?.pairs ?? 0
    gain += tally?.ndcg ?? 0
    ranked += tally?.ndcg === undefined ? 0 : 1
  }
  return { score: 1 / (1 + error / Math.max(1, pairs)), ndcg10: gain / Math.max(1, ranked) }
}

function intervalOf(values: number[]): Interval {
  values.sort((a, b) => a - b)
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, low: at(0.025), high: at(0.975) }
}
