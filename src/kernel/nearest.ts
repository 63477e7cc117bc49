/** Nobody misspells a name at this length; without the limit a hostile key of a megabyte would cost seconds. */
const longestWord = 64

/**
 * The candidate that a misspelt word most likely meant, for "did you mean": the smallest edit distance up to a third of the
 * word (at least one), else the shortest candidate that contains the word or is contained in it. Case, hyphens, underscores
 * and spaces do not count. On a tie the earlier candidate wins, so the answer is the same on every run.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(word)
  if (wanted === '' || wanted.length > longestWord) return undefined
  let best: { candidate: string; distance: number } | undefined
  let container: string | undefined
  for (const candidate of candidates) {
    const folded = fold(candidate)
    const distance = editDistance(wanted, folded)
    if (distance < (best?.distance ?? Infinity)) best = { candidate, distance }
    const overlaps = Math.min(wanted.length, folded.length) >= 3 && (folded.includes(wanted) || wanted.includes(folded))
    if (overlaps && candidate.length < (container?.length ?? Infinity)) container = candidate
  }
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  return best && best.distance <= allowed ? best.candidate : container
}

/** Damerau–Levenshtein distance with adjacent swaps (optimal string alignment), three rows of memory. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        at(row, j - 1) + 1,
        at(last, j) + 1,
        at(last, j - 1) + cost,
        isSwap ? at(beforeLast, j - 2) + 1 : Infinity,
      )
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '')
}
