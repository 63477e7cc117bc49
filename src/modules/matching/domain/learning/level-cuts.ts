/** A score and the level that a broker gave. */
export type Scored = { score: number; level: number }

/**
 * Rising thresholds on the score that give levels 1 to `levels` with the least sum of absolute errors on these rows, by
 * dynamic programming over the sorted scores: exact, in one pass a level. Equal scores never part. A threshold
 * stands midway between the two scores it separates.
 */
export function fitLevelCuts(rows: readonly Scored[], levels: number): number[] {
  const sorted = [...rows].sort((a, b) => a.score - b.score)
  const prefixes = Array.from({ length: levels }, (_, k) => errorPrefix(sorted, k + 1))
  // best[i]: least error of the first i rows when they end in the current level.
  let best = prefixes[0] ?? []
  const starts: number[][] = []
  for (let k = 1; k < levels; k++) {
    const prefix = prefixes[k] ?? []
    const [next, from] = [new Array<number>(best.length).fill(0), new Array<number>(best.length).fill(0)]
    let [gain, at] = [Number.POSITIVE_INFINITY, 0]
    for (let i = 0; i < best.length; i++) {
      const mayPart = i === 0 || i === sorted.length || sorted[i]?.score !== sorted[i - 1]?.score
      const here = (best[i] ?? 0) - (prefix[i] ?? 0)
      if (mayPart && here < gain) [gain, at] = [here, i]
      next[i] = gain + (prefix[i] ?? 0)
      from[i] = at
    }
    best = next
    starts.push(from)
  }
  let end = sorted.length
  return starts
    .toReversed()
    .map((from) => {
      end = from[end] ?? 0
      return thresholdAt(sorted, end)
    })
    .toReversed()
}

export function levelBy(score: number, cuts: readonly number[]): number {
  return 1 + cuts.filter((cut) => score >= cut).length
}

/** errors[i]: what the first i rows cost when all are called `level`. */
function errorPrefix(sorted: readonly Scored[], level: number): number[] {
  const sums = [0]
  for (const row of sorted) sums.push((sums.at(-1) ?? 0) + Math.abs(row.level - level))
  return sums
}

function thresholdAt(sorted: readonly Scored[], place: number): number {
  const [below, above] = [sorted[place - 1]?.score, sorted[place]?.score]
  if (below === undefined) return (above ?? 0) - 1
  if (above === undefined) return below + 1
  return (below + above) / 2
}
