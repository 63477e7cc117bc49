export type Opening = {
  matchId: string
  demandId: string
  supplyId: string
  score: number
  /** What one item takes a place of: limits by name, each at most once. */
  uses: readonly string[]
}

export type Limits = {
  /** Places that are left, by the name of the limit; a name that is missing has no limit. */
  room: ReadonlyMap<string, number>
  /** Items that each listing has before brokers already. */
  undecided: ReadonlyMap<string, number>
}

/**
 * Chooses which matches become review items, so that no limit is exceeded and listings of the long tail get their share:
 * the first item of a listing counts with its whole score, the second with half of it, the tenth with a tenth.
 *
 * What is maximised is f(S), the sum over all demands and supplies of Σ s₍ⱼ₎ ÷ (j + n), s₍ⱼ₎ being the listing's scores in S
 * from the best down and n its undecided items. Greedy: the opening with the greatest gain that still has room, until
 * none has. With k limits on an opening at most, f of the result is at least 1/(k + 1) of the best possible. Sketch: falling
 * weights make each listing's sum a positive combination of "sum of the t best", so f is monotone and submodular. Let the
 * best set be O. Each choice of the greedy takes the last place from at most k members of O, which had room until then,
 * so their gains were no greater than the choice's own: charged to the choices, what O adds to the greedy set is at most
 * k times f of it, hence f(O) ≤ f(G ∪ O) ≤ (k + 1) f(G) (Fisher, Nemhauser and Wolsey 1978). Random small batches
 * with four limits stay above half of the best (see the tests). A batch has some 50 openings, so all gains are computed for each choice.
 */
export function spreadOpenings<O extends Opening>(openings: readonly O[], limits: Limits): O[] {
  const room = new Map(limits.room)
  const chosen: O[] = []
  const byListing = new Map<string, number[]>()
  let left = [...openings].sort((a, b) => (a.matchId < b.matchId ? -1 : 1))
  for (;;) {
    left = left.filter(({ uses }) => uses.every((name) => (room.get(name) ?? 1) > 0))
    const best = bestOf(left, (one) => gainOf(one, byListing, limits.undecided))
    if (best === undefined) return chosen
    chosen.push(best)
    left = left.filter((one) => one !== best)
    for (const name of best.uses) if (room.has(name)) room.set(name, (room.get(name) ?? 0) - 1)
    for (const id of listingsOf(best)) byListing.set(id, [...(byListing.get(id) ?? []), best.score])
  }
}

/** What a set of openings is worth, f in `spreadOpenings`. */
export function worthOf(openings: readonly Opening[], undecided: ReadonlyMap<string, number>): number {
  const byListing = new Map<string, number[]>()
  for (const opening of openings) {
    for (const id of listingsOf(opening)) byListing.set(id, [...(byListing.get(id) ?? []), opening.score])
  }
  let worth = 0
  for (const [id, scores] of byListing) worth += worthOfListing(scores, undecided.get(id) ?? 0)
  return worth
}

function gainOf(
  opening: Opening,
  byListing: ReadonlyMap<string, readonly number[]>,
  undecided: ReadonlyMap<string, number>,
): number {
  let gain = 0
  for (const id of listingsOf(opening)) {
    const before = byListing.get(id) ?? []
    const taken = undecided.get(id) ?? 0
    gain += worthOfListing([...before, opening.score], taken) - worthOfListing(before, taken)
  }
  return gain
}

function worthOfListing(scores: readonly number[], undecided: number): number {
  const falling = [...scores].sort((a, b) => b - a)
  return falling.reduce((sum, score, index) => sum + score / (1 + index + undecided), 0)
}

function listingsOf({ demandId, supplyId }: Opening): string[] {
  return [demandId, supplyId]
}

/** The first of the greatest. */
function bestOf<T>(items: readonly T[], worth: (item: T) => number): T | undefined {
  let best: T | undefined
  let greatest = Number.NEGATIVE_INFINITY
  for (const item of items) {
    const value = worth(item)
    if (value <= greatest) continue
    best = item
    greatest = value
  }
  return best
}
