export type QueueCounts = {
  /** Claimable now. */
  open: number
  leased: number
  snoozed: number
  /** Undecided after their due date. */
  overdue: number
  /** Of the oldest claimable item; null when there is none. */
  oldestAgeSeconds: number | null
}
export type QueueGroup = QueueCounts & { market: string; fields: string[] }
export type CountsBy = QueueCounts & { key: string }

/** The groups together. */
export function sumCounts(groups: readonly QueueCounts[]): QueueCounts {
  const ages = groups.flatMap(({ oldestAgeSeconds }) => (oldestAgeSeconds === null ? [] : [oldestAgeSeconds]))
  const sum = (name: 'open' | 'leased' | 'snoozed' | 'overdue') =>
    groups.reduce((total, group) => total + group[name], 0)
  return {
    open: sum('open'),
    leased: sum('leased'),
    snoozed: sum('snoozed'),
    overdue: sum('overdue'),
    oldestAgeSeconds: ages.length === 0 ? null : Math.max(...ages),
  }
}

/** The groups by key, in its order; a group with several keys counts under each. */
export function countsBy(groups: readonly QueueGroup[], keysOf: (group: QueueGroup) => string[]): CountsBy[] {
  const keys = [...new Set(groups.flatMap(keysOf))].sort()
  return keys.map((key) => ({ key, ...sumCounts(groups.filter((group) => keysOf(group).includes(key))) }))
}
