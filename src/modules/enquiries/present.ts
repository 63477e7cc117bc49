import type { z } from 'zod'
import type { OrganisationSummary } from '../identity/index.ts'
import type { EnquiryView } from './read-enquiry.ts'
import type { enquiryResponse } from './schemas.ts'

/** Field by field: what is not named here is shown to nobody. */
export function toEnquiryResponse(view: EnquiryView): z.input<typeof enquiryResponse> {
  const { enquiry, organisations } = view
  const { id, market, state, expiresOn, version } = enquiry
  return {
    ...{ id, market, state, expiresOn, version },
    supply: { id: enquiry.supplyId, title: view.supplyTitle },
    seller: toOrganisation(organisations.seller),
    buyer: toOrganisation(organisations.buyer),
    you: view.relation,
    message: view.message,
    quotes: view.quotes.map(toQuote),
    acceptedQuoteId: enquiry.acceptedQuoteId ?? undefined,
    allowedActions: view.allowedActions,
    endedBy: enquiry.endedBy ?? undefined,
    endedAt: enquiry.endedAt?.toISOString(),
    reasonCode: enquiry.reasonCode ?? undefined,
    createdAt: enquiry.createdAt.toISOString(),
    updatedAt: enquiry.updatedAt.toISOString(),
  }
}

function toQuote({ quote, terms }: EnquiryView['quotes'][number]) {
  const { id, side, priceMinFen, priceMaxFen, validUntil, createdAt } = quote
  return { id, side, priceMinFen, priceMaxFen, validUntil, terms, createdAt: createdAt.toISOString() }
}

function toOrganisation({ id, name, kind }: OrganisationSummary) {
  return { id, name, kind }
}
