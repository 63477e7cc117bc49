import type { Entity, Id } from './ids.ts'

/** A keyset: the sort key and id of the last row seen, as strings. HTTP signs it into an opaque cursor. */
export type Keyset = readonly string[]

export type PageRequest = { limit: number; after?: Keyset }

/** Of a list in the order of its ids: the last one seen. Cursors are sealed, so it is one that we gave out. */
export function lastIdOf<E extends Entity>(after: Keyset | undefined): Id<E> | undefined {
  return after?.[0] as unknown as Id<E> | undefined
}

export type PageOf<T> = { items: T[]; next?: Keyset }

/** Turns limit + 1 fetched rows into a page: the extra row only tells that there is more. */
export function pageOf<T>(rows: T[], limit: number, keysetOf: (row: T) => Keyset): PageOf<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: keysetOf(last) } : { items }
}
