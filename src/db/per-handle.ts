import type { Db } from './client.ts'

/**
 * What is made once for each database handle, such as a statement that is prepared: built once per handle and planned once per
 * connection. To build and to plan a statement anew costs 0.2 to 0.3 ms, which is most of what a read by key takes.
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
