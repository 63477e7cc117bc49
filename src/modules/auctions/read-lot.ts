import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { findOrganisations } from '../identity/index.ts'
import { type Award, listAwardsOfLots } from './award-repo.ts'
import { closeLot } from './close-lot.ts'
import { standingAwardStates } from './domain/award.ts'
import { type Book, databaseTime, findBook, findBooks, getLot, type Lot } from './lot-repo.ts'
import { assertMaySee, isOperatorOf, isSeller } from './policy.ts'
import { findRegistrationOf, type Registration } from './registration-repo.ts'

type Deps = { db: Db; vault: Vault; live: LiveChannel }

/** A lot with what there is about it, as the viewer may see it. */
export type LotView = {
  lot: Lot
  book: Book | undefined
  award: Award | undefined
  sellerName: string
  own: Registration | undefined
  /** Sees whom the seller is related to. */
  isInsider: boolean
  now: Date
  viewerOrgId: Id<'organisation'> | undefined
}

/** Reads a lot; one whose end has passed is closed first, so that nobody sees a price that no longer counts. @throws NOT_FOUND */
export async function readLot(deps: Deps, viewer: Viewer, id: Id<'auction'>): Promise<LotView> {
  await closeIfDue(deps, id)
  const lot = await getLot(deps.db, id)
  await assertMaySee(deps.db, viewer, lot)
  const [view] = await viewsOf(deps.db, viewer, [lot])
  if (view === undefined) throw notFound('auction')
  const isInsider = isSeller(viewer, lot) || (await isOperatorOf(deps.db, viewer, lot.market))
  const own = isSignedIn(viewer) ? await findRegistrationOf(deps.db, id, viewer.orgId) : undefined
  return { ...view, isInsider, own }
}

/** Not under the lock when there is nothing to do: readers come often and do not queue with bidders. */
export async function closeIfDue(deps: Deps, id: Id<'auction'>): Promise<void> {
  const book = await findBook(deps.db, id)
  if (book === undefined || book.isClosed || book.endsAt > (await databaseTime(deps.db))) return
  await closeLot(deps, { lotId: id })
}

/** The same for lists, without what only the lot's own page tells. */
export async function viewsOf(db: Db, viewer: Viewer, lots: readonly Lot[]): Promise<LotView[]> {
  const ids = lots.map(({ id }) => id)
  const books = new Map((await findBooks(db, ids)).map((book) => [book.lotId, book]))
  const awards = await listAwardsOfLots(db, ids)
  const sellers = await findOrganisations(
    db,
    lots.map(({ sellerOrgId }) => sellerOrgId),
  )
  const now = await databaseTime(db)
  return lots.map((lot) => ({
    lot,
    book: books.get(lot.id),
    award: awards.find((award) => award.lotId === lot.id && isStanding(award)),
    sellerName: sellers.get(lot.sellerOrgId)?.name ?? '',
    own: undefined,
    isInsider: isSeller(viewer, lot),
    now,
    viewerOrgId: isSignedIn(viewer) ? viewer.orgId : undefined,
  }))
}

function isStanding({ state }: Award): boolean {
  return (standingAwardStates as readonly string[]).includes(state)
}
