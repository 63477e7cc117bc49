export type Ranked = { id: string; value: number }

export type RankLimits = {
  /** Values below it are not worth anybody's time. */
  threshold: number
  limit: number
}

/** Best first, ties by id, so that the same scores give the same list in whatever order they come. */
export function rank<T extends Ranked>(scores: readonly T[], { threshold, limit }: RankLimits): T[] {
  return scores
    .filter(({ value }) => value >= threshold)
    .sort((a, b) => b.value - a.value || compareIds(a.id, b.id))
    .slice(0, Math.max(0, limit))
}

/** By code unit: `localeCompare` depends on the machine. */
function compareIds(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
