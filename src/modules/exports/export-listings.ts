import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { cellsOfBody } from '../imports/index.ts'
import {
  type ListingKindDefinition,
  type ListingQuery,
  type ListingView,
  listListings,
  readOwnConfidentials,
  toListingResponse,
} from '../listings/index.ts'
import { allPages, cellsOfPages } from './all-pages.ts'
import { cellsOf, columnsFor, type Table } from './domain/table.ts'
import { type ExportScope, listingColumns } from './listing-columns.ts'

type Deps = { db: Db; clock: Clock; vault: Vault }
type Input = { definition: ListingKindDefinition; query: ListingQuery; isConfidential: boolean }

/** What an import does not read; their headers mean nothing to it. */
const stateColumns = columnsFor<ListingView>([
  ['平台编码', ({ listing }) => listing.id],
  ['发布机构', ({ owner }) => owner.name],
  ['当前状态', ({ listing }) => listing.state],
  ['信任码', ({ listing }) => listing.trustCode],
  ['信任码原因', ({ listing }) => listing.trustReasons.join('；')],
  ['发布时间', ({ listing }) => listing.publishedAt?.toISOString()],
])

/**
 * The listings of a list, as far as the viewer may see each, in the columns of the import: a file that is sent back changes
 * nothing, and one that is sent elsewhere makes the same listings. The owner's file has externalId, too; confidential
 * columns only when asked for. @throws what the list refuses, FORBIDDEN for confidential columns of others.
 */
export async function exportListings(deps: Deps, viewer: Viewer, input: Input): Promise<Table> {
  const { definition, query, isConfidential } = input
  if (isConfidential && query.mine !== true) {
    throw new AppError('FORBIDDEN', 'Confidential columns are for your own listings; add mine=true.')
  }
  const columns = listingColumns(definition, scopeOf(viewer, input))
  const pages = await allPages((page) => listListings(deps, viewer, { kind: definition.kind, query, page }))
  return {
    fileName: `${definition.path}-${chinaDay(deps.clock.now())}`,
    headers: [...columns, ...stateColumns].map(({ label }) => label),
    pages: cellsOfPages(pages, async (views) => {
      const opened = isConfidential ? await withConfidentials(deps, viewer, views) : views
      return opened.map((view) => [
        ...cellsOfBody(columns, toListingResponse(definition, view)),
        ...cellsOf(stateColumns, view),
      ])
    }),
  }
}

function scopeOf(viewer: Viewer, { query, isConfidential }: Input): ExportScope {
  if (query.mine === true) return isConfidential ? 'confidential' : 'own'
  return isSignedIn(viewer) ? 'member' : 'teaser'
}

async function withConfidentials(deps: Deps, viewer: Viewer, views: ListingView[]): Promise<ListingView[]> {
  if (!isSignedIn(viewer)) return views
  const listings = views.map(({ listing }) => listing)
  const confidentials = await readOwnConfidentials(deps, viewer, listings)
  return views.map((view) => ({ ...view, confidential: confidentials.get(view.listing.id) }))
}
