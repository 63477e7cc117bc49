import { seededRandom } from '../../embedding/random.ts'

/** A judged pair beside what a method says of it: a score to rank by and a level. */
export type Judged = { group: string; level: number; score: number; predicted: number }

export function meanAbsoluteError(rows: readonly Judged[]): number {
  return rows.reduce((sum, row) => sum + Math.abs(row.level - row.predicted), 0) / rows.length
}

/** Cohen's kappa with quadratic weights; 0 when all rows have one level and one prediction. */
export function quadraticKappa(rows: readonly Judged[]): number {
  const mean = (of: (row: Judged) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length
  const [level, predicted] = [mean((row) => row.level), mean((row) => row.predicted)]
  const observed = mean((row) => (row.level - row.predicted) ** 2)
  const variances = mean((row) => (row.level - level) ** 2) + mean((row) => (row.predicted - predicted) ** 2)
  const expected = variances + (level - predicted) ** 2
  return expected === 0 ? 0 : 1 - observed / expected
}

/** Rank correlation of score and level, ties at their mean rank. */
export function spearman(rows: readonly Judged[]): number {
  const a = meanRanks(rows.map(({ score }) => score))
  const b = meanRanks(rows.map(({ level }) => level))
  const middle = (rows.length + 1) / 2
  let [joint, ofA, ofB] = [0, 0, 0]
  a.forEach((rank, i) => {
    const [x, y] = [rank - middle, (b[i] ?? 0) - middle]
    joint += x * y
    ofA += x * x
    ofB += y * y
  })
  return ofA * ofB === 0 ? 0 : joint / Math.sqrt(ofA * ofB)
}

/** Probability that a pair of this level or above scores higher than one below it; ½ when one of the sides is empty. */
export function areaUnderCurve(rows: readonly Judged[], fromLevel: number): number {
  const ranks = meanRanks(rows.map(({ score }) => score))
  let [sum, positives] = [0, 0]
  rows.forEach(({ level }, i) => {
    if (level < fromLevel) return
    sum += ranks[i] ?? 0
    positives++
  })
  const negatives = rows.length - positives
  if (positives * negatives === 0) return 0.5
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** Mean over the groups that have a gain at all; gain = level − 1, ties broken at random by 20 seeds and averaged. */
export function ndcgAt10(rows: readonly Judged[], seed: number): number {
  const values = [...ndcgByGroup(rows, seed).values()]
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

export function ndcgByGroup(rows: readonly Judged[], seed: number): Map<string, number> {
  const values = new Map<string, number>()
  for (const [group, members] of groupsOf(rows)) {
    const ideal = dcg(members.map(({ level }) => level).sort((a, b) => b - a))
    if (ideal === 0) continue
    let sum = 0
    for (let round = 0; round < TIE_ROUNDS; round++) {
      const random = seededRandom(seed * TIE_ROUNDS + round)
      const shuffled = members.map((row) => ({ row, tie: random() }))
      shuffled.sort((a, b) => b.row.score - a.row.score || a.tie - b.tie)
      sum += dcg(shuffled.map(({ row }) => row.level)) / ideal
    }
    values.set(group, sum / TIE_ROUNDS)
  }
  return values
}

const TIE_ROUNDS = 20

export function groupsOf<T extends { group: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const members = groups.get(row.group)
    if (members) members.push(row)
    else groups.set(row.group, [row])
  }
  return groups
}

function dcg(levels: readonly number[]): number {
  return levels.slice(0, 10).reduce((sum, level, place) => sum + (level - 1) / Math.log2(place + 2), 0)
}

/** Ranks from 1, equal values sharing their mean. */
function meanRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++
    for (let i = from; i < to; i++) ranks[order[i] ?? 0] = (from + to + 1) / 2
    from = to
  }
  return ranks
}
