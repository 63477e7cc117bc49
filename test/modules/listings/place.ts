import type pg from 'pg'
import { beforeEach } from 'vitest'
import type { Db } from '../../../src/db/client.ts'
import type { ListingId } from '../../../src/modules/listings/index.ts'
import type { Vault } from '../../../src/ports/vault.ts'
import { type TestClock, testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { type Given, given } from '../../support/given.ts'
import { testVault } from '../../support/vault.ts'
import { type Trace, traceOf } from './traces.ts'

export type Place = {
  readonly deps: { db: Db; clock: TestClock; vault: Vault }
  readonly pool: pg.Pool
  readonly clock: TestClock
  readonly given: Given
  trace(id: ListingId): Promise<Trace>
  /** The types of the events about a listing, in order. */
  eventsOf(id: ListingId): Promise<unknown[]>
}

/** An empty database and a clock at 2026-03-02 in every test. */
export function usePlace(): Place {
  const database = useTestDatabase()
  let clock = testClock()
  let made: Given
  const place: Place = {
    get deps() {
      return { db: database.db, clock, vault: testVault }
    },
    get pool() {
      return database.pool
    },
    get clock() {
      return clock
    },
    get given() {
      return made
    },
    trace: (id) => traceOf(database.pool, id),
    eventsOf: async (id) => (await traceOf(database.pool, id)).events.map(({ type }) => type),
  }
  beforeEach(async () => {
    await database.reset()
    clock = testClock()
    made = given(place.deps)
  })
  return place
}
