import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Candidates } from '../../../src/adapters/search/postgres-candidates.ts'
import { cheapestOf, type Way } from '../../../src/adapters/search/postgres-ways.ts'

const collected = { where: sql`tsv`, orderBy: sql`age` } as Candidates
const inPublic = { where: sql`rank_tsv`, orderBy: sql`age` } as Candidates
const way = (matches: number, changes: Partial<Way> = {}): Way => ({
  ...{ candidates: collected, matches, vectors: 'member', hasExclusions: false },
  ...changes,
})
const isWalk = (chosen: Candidates | undefined) => chosen?.orderBy !== collected.orderBy

describe('the cheapest way to the newest of many matches', () => {
  it.each([
    [1_000_000, 500, false],
    [1_000_000, 64_630, true],
    [100_000, 2_000, false],
    [100_000, 60_000, true],
  ])('among %i documents with %i matches: walks from the newest %s', (documentCount, matches, walks) => {
    expect(isWalk(cheapestOf([way(matches)], documentCount))).toBe(walks)
  })

  it('is by the public texts when they hold nearly as many, because their vectors stand in the row', () => {
    const ways = [way(90_000), way(80_000, { candidates: inPublic, vectors: 'teaser' })]
    expect(cheapestOf(ways, 1_000_000)?.where).not.toEqual(way(0).candidates.where)
    expect(JSON.stringify(cheapestOf(ways, 1_000_000)?.where)).toContain('rank_tsv')
  })

  it('is not by the public texts when an exclusion has to be fetched for each of their many matches', () => {
    const ways = (hasExclusions: boolean) => [
      way(9_000, { hasExclusions }),
      way(8_000, { candidates: inPublic, vectors: 'teaser', hasExclusions }),
    ]
    expect(cheapestOf(ways(false), 1_000_000)?.where).toBe(inPublic.where)
    expect(cheapestOf(ways(true), 1_000_000)?.where).toBe(collected.where)
  })

  it('is none of none', () => {
    expect(cheapestOf([], 1_000)).toBeUndefined()
  })
})
