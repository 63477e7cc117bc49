/** A demand and whose it is. */
export type Member = { demandId: string; orgId: string; market: string }
export type Pair = readonly [demandId: string, demandId: string]

/** A challenge of more would be nobody's. */
const MOST_MEMBERS = 20
const FEWEST_MEMBERS = 2

/**
 * The groups of demands that hang together by pairs that are alike, within one market: of each organisation the oldest demand
 * alone, and no group of fewer than two. Ids sort by age. Groups come in the order of their oldest demand.
 */
export function groupsOf(pairs: readonly Pair[], members: ReadonlyMap<string, Member>): Member[][] {
  const neighbours = new Map<string, Set<string>>()
  for (const [one, other] of pairs) {
    const [a, b] = [members.get(one), members.get(other)]
    if (a === undefined || b === undefined || a.market !== b.market) continue
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      neighbours.set(from, (neighbours.get(from) ?? new Set()).add(to))
    }
  }
  const seen = new Set<string>()
  return [...neighbours.keys()].sort().flatMap((start) => {
    const group = oneOfEach(reachableFrom(start, neighbours, seen).flatMap((id) => members.get(id) ?? []))
    return group.length >= FEWEST_MEMBERS ? [group.slice(0, MOST_MEMBERS)] : []
  })
}

function reachableFrom(start: string, neighbours: ReadonlyMap<string, Set<string>>, seen: Set<string>): string[] {
  const found: string[] = []
  const open = [start]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    found.push(id)
    open.push(...(neighbours.get(id) ?? []))
  }
  return found.sort()
}

function oneOfEach(sorted: readonly Member[]): Member[] {
  const orgs = new Set<string>()
  return sorted.filter(({ orgId }) => !orgs.has(orgId) && orgs.add(orgId))
}
