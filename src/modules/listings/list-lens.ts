import type { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Viewer } from '../../kernel/principal.ts'
import type { ListingId } from './domain/listing.ts'
import { findListings } from './listing-repo.ts'
import type { ListingView } from './present.ts'
import { viewsOf } from './read-listing.ts'
import { type ListListingsQuery, listListingsQuery } from './schemas.ts'

type Asked = { db: Db; viewer: Viewer; query: ListListingsQuery; page: PageRequest }
type Seen = { id: ListingId; added: Record<string, unknown> }

/**
 * Another order of a kind's list, with something added to each listing, by a module that knows more than this one:
 * `?eligibleFor=` puts the finance products first that an organisation may have. What it adds stands in the kind's `listedWith`.
 */
export type ListLens = {
  /** The query parameter that asks for it. */
  parameter: string
  value: z.ZodType<string, string>
  read(asked: Asked, value: string): Promise<PageOf<Seen>>
}

/** The query of a list with the parameter of its lens, whose name only the lens knows: `askedOf` reads it. */
export function queryOf(lens: ListLens | undefined): typeof listListingsQuery {
  if (lens === undefined) return listListingsQuery
  return listListingsQuery.extend({ [lens.parameter]: lens.value.optional() }) as unknown as typeof listListingsQuery
}

/** What the query asks the lens for, if it does. */
export function askedOf(lens: ListLens | undefined, query: ListListingsQuery): string | undefined {
  const value = lens && (query as Record<string, unknown>)[lens.parameter]
  return typeof value === 'string' ? value : undefined
}

export type ViewWithAdded = { view: ListingView; added: Record<string, unknown> }

/** The page that a lens chose, as the viewer may see its listings. */
export async function readThrough(lens: ListLens, asked: Asked, value: string): Promise<PageOf<ViewWithAdded>> {
  const { items, ...rest } = await lens.read(asked, value)
  const found = await findListings(
    asked.db,
    items.map(({ id }) => id),
  )
  const views = await viewsOf(asked.db, asked.viewer, found)
  const viewOf = (id: ListingId) => views.find(({ listing }) => listing.id === id) ?? impossible(`no listing ${id}`)
  return { items: items.map(({ id, added }) => ({ view: viewOf(id), added })), ...rest }
}
