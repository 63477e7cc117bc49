import type { Db } from '../../db/client.ts'
import { AppError } from '../../kernel/errors.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import { isSignedIn, type Principal, type Viewer } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import type { ListingKind } from './domain/listing.ts'
import { type ListingFilter, listListings as listRows } from './listing-repo.ts'
import type { ListingView } from './present.ts'
import { viewsOf } from './read-listing.ts'
import type { ListListingsQuery } from './schemas.ts'

export type ListingQuery = Omit<ListListingsQuery, 'limit' | 'cursor'>
export type ListListings = { kind: ListingKind; query: ListingQuery; page: PageRequest }

/** The public list; `mine` lists the own organisation's in every state, `state` lets operators see their market's desk. */
export async function listListings(
  deps: { db: Db },
  viewer: Viewer,
  input: ListListings,
): Promise<PageOf<ListingView>> {
  const { items, next } = await listRows(deps.db, await filterOf(deps.db, viewer, input), input.page)
  return { items: await viewsOf(deps.db, viewer, items), ...(next === undefined ? {} : { next }) }
}

async function filterOf(db: Db, viewer: Viewer, { kind, query }: ListListings): Promise<ListingFilter> {
  const { mine, state, market, field, region } = query
  const markets = market === undefined ? undefined : await marketTree(db, market)
  const filter = { kind, ...(field && { field }), ...(region && { region }), ...(markets && { markets }) }
  if (mine) return { ...filter, orgId: signedIn(viewer).orgId, ...(state && { states: [state] }) }
  if (state === undefined || state === 'published') return { ...filter, states: ['published'], shouldHideRed: true }
  const operator = signedIn(viewer)
  if (operator.role !== 'operator' || state === 'draft') {
    throw new AppError('FORBIDDEN', 'Only operators list other states than published; add mine=true for your own.')
  }
  const own = await marketTree(db, operator.market)
  return { ...filter, states: [state], markets: markets?.filter((code) => own.includes(code)) ?? own }
}

function signedIn(viewer: Viewer): Principal {
  if (isSignedIn(viewer)) return viewer
  throw new AppError('UNAUTHENTICATED', 'Sign in to list what is not on the market.')
}
