import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { findDataKey } from '../../vault/index.ts'
import { findOrganisations, type OrganisationSummary } from '../identity/index.ts'
import { findListings } from '../listings/index.ts'
import { marketAncestors } from '../markets/index.ts'
import { actionsOf } from './act-on-enquiry.ts'
import type { EnquirySide } from './domain/enquiry.ts'
import { type Enquiry, getEnquiry, listQuotesOf, type Quote } from './enquiry-repo.ts'
import { type EnquiryRelation, enquiryRelation } from './policy.ts'
import { contextOf } from './texts.ts'

/** An enquiry as far as the actor may see it. */
export type EnquiryView = {
  enquiry: Enquiry
  relation: EnquiryRelation
  supplyTitle: string
  organisations: Record<EnquirySide, OrganisationSummary>
  quotes: readonly { quote: Quote; terms: string | undefined }[]
  allowedActions: ReturnType<typeof actionsOf>
  /** For the two sides, of a single enquiry. */
  message?: string
}

type Deps = { db: Db; clock: Clock; vault: Vault }

/** @throws NOT_FOUND for outsiders. */
export async function readEnquiry(deps: Deps, actor: Principal, id: Id<'enquiry'>): Promise<EnquiryView> {
  const enquiry = await getEnquiry(deps.db, id)
  const line = actor.role === 'operator' ? await marketAncestors(deps.db, enquiry.market) : []
  const [view] = await viewsOf(deps, [{ enquiry, relation: enquiryRelation(enquiry, actor, line) }])
  if (view === undefined) return impossible(`enquiry ${id} has no supply or organisation`)
  return view.relation === 'operator' ? view : withTexts(deps, view)
}

async function withTexts(deps: Deps, view: EnquiryView): Promise<EnquiryView> {
  const { id, box } = view.enquiry
  const key = await findDataKey(deps, id)
  const open = (sealed: Buffer, place: 'message' | Id<'quote'>) =>
    key?.open(sealed, contextOf(id, place)) ?? impossible(`a text of ${id} does not open`)
  return {
    ...view,
    message: open(box, 'message'),
    quotes: view.quotes.map(({ quote }) => ({ quote, terms: quote.box ? open(quote.box, quote.id) : undefined })),
  }
}

/** Enquiries with what they are about, in three statements however many they are; without texts. */
export async function viewsOf(
  { db, clock }: Omit<Deps, 'vault'>,
  related: readonly Pick<EnquiryView, 'enquiry' | 'relation'>[],
): Promise<EnquiryView[]> {
  const all = related.map(({ enquiry }) => enquiry)
  const titles = new Map<string, string>(
    (await findListings(db, [...new Set(all.map(({ supplyId }) => supplyId))])).map(({ id, content }) => [
      id,
      content.title,
    ]),
  )
  const orgIds = new Set(all.flatMap(({ sellerOrgId, buyerOrgId }) => [sellerOrgId, buyerOrgId]))
  const organisations = await findOrganisations(db, [...orgIds])
  const quotes = await listQuotesOf(
    db,
    all.map(({ id }) => id),
  )
  const today = chinaDay(clock.now())
  return related.flatMap(({ enquiry, relation }) => {
    const [seller, buyer] = [organisations.get(enquiry.sellerOrgId), organisations.get(enquiry.buyerOrgId)]
    const supplyTitle = titles.get(enquiry.supplyId)
    if (!seller || !buyer || supplyTitle === undefined) return []
    const own = quotes.filter(({ enquiryId }) => enquiryId === enquiry.id)
    const standing = { latest: own.at(-1), today }
    const allowed = relation === 'operator' ? [] : actionsOf(enquiry.state, relation, standing)
    const named = own.map((quote) => ({ quote, terms: undefined }))
    return [
      { enquiry, relation, supplyTitle, organisations: { seller, buyer }, quotes: named, allowedActions: allowed },
    ]
  })
}
