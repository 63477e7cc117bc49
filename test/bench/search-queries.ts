import { organisationName, patentNumber, type Random, seededRandom, technologies, zipf } from './synthetic-listings.ts'
import { actions, materials, objects } from './vocabulary.ts'

export type BenchQuery = { kind: string; q: string }

/** How often each kind of query is asked, of 200. */
const shares: Record<string, { count: number; write: (random: Random) => string }> = {
  'one technology': { count: 60, write: (random) => zipf(random, technologies) },
  'technology and object': { count: 50, write: (random) => `${zipf(random, technologies)} ${zipf(random, objects)}` },
  'material, technology, action': {
    count: 30,
    write: (random) => `${zipf(random, materials)}${zipf(random, technologies)}${zipf(random, actions)}`,
  },
  phrase: { count: 10, write: (random) => `"${zipf(random, technologies)}"` },
  exclusion: { count: 10, write: (random) => `${zipf(random, technologies)} -${zipf(random, materials)}` },
  organisation: { count: 10, write: (random) => organisationName(Math.floor(random() * 3_000)) },
  'patent number': { count: 10, write: (random) => `ZL${patentNumber(Math.floor(random() * 100_000))}` },
  misspelt: { count: 10, write: (random) => misspelt(random, zipf(random, technologies)) },
  'words that nobody wrote': { count: 10, write: (random) => `${zipf(random, technologies)} 量子引力望远镜` },
}

/** 200 queries, the same on every run, in mixed order. */
export function benchQueries(): BenchQuery[] {
  const random = seededRandom(20_261_120)
  const queries = Object.entries(shares).flatMap(([kind, { count, write }]) =>
    Array.from({ length: count }, () => ({ kind, q: write(random), place: random() })),
  )
  return queries.sort((a, b) => a.place - b.place).map(({ kind, q }) => ({ kind, q }))
}

/** A letter left out, or in Chinese a character that sounds alike in place of another. */
function misspelt(random: Random, term: string): string {
  const at = 1 + Math.floor(random() * (term.length - 1))
  return term.slice(0, at) + (/\p{Script=Han}/u.test(term) ? '之' : '') + term.slice(at + 1)
}
