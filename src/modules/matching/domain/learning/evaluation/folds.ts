import { seededRandom } from '../../embedding/random.ts'

/** Deals keys evenly into so many folds; the same seed deals alike, whatever the order of the keys. */
export function dealFolds(keys: Iterable<string>, folds: number, seed: number): Map<string, number> {
  const random = seededRandom(seed)
  const shuffled = [...new Set(keys)].sort()
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a = '', b = ''] = [shuffled[i], shuffled[j]]
    shuffled[i] = b
    shuffled[j] = a
  }
  return new Map(shuffled.map((key, place) => [key, place % folds]))
}
