import type { Db } from './client.ts'

/**
 * What is made once for each database handle, such as a statement that is built: to build one anew costs 0.2 ms of this process,
 * which is most of what a read by key takes.
 */
export function perHandle<T extends object>(make: (db: Db) => T): (db: Db) => T {
  const made = new WeakMap<Db, T>()
  return (db) => {
    const known = made.get(db)
    if (known) return known
    const fresh = make(db)
    made.set(db, fresh)
    return fresh
  }
}

/**
 * The name of a statement that is built once and planned each time, as a list or a table that grows wants it. Under any other name
 * its plan is kept for each connection as well (ADR 0019).
 */
export const plannedEachTime = ''
