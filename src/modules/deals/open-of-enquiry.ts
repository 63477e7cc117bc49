import type { Id } from '../../kernel/ids.ts'
import { getEnquiry, listQuotesOf } from '../enquiries/index.ts'
import { brokersOfPair } from './brokers-of-pair.ts'
import type { DealDeps } from './change-deal.ts'
import { openDeal } from './open-deal.ts'
import { titleOf } from './title-of.ts'

/** Opens the deal of an enquiry whose quote was accepted, at the lower end of its price: that much both sides have said. */
export async function openOfEnquiry(deps: DealDeps, { enquiryId }: { enquiryId: Id<'enquiry'> }): Promise<undefined> {
  const { supplyId, sellerOrgId, buyerOrgId, market, acceptedQuoteId } = await getEnquiry(deps.db, enquiryId)
  if (acceptedQuoteId === null) return
  const quotes = await listQuotesOf(deps.db, [enquiryId])
  await openDeal(deps, {
    ...{ source: { kind: 'enquiry', enquiryId }, market, supplyId, title: await titleOf(deps.db, supplyId) },
    ...{ providerOrgId: sellerOrgId, acquirerOrgId: buyerOrgId, pricing: 'agreement' },
    brokers: await brokersOfPair(deps.db, { supplyId, acquirerOrgId: buyerOrgId }),
    intentAmountFen: quotes.find(({ id }) => id === acceptedQuoteId)?.priceMinFen ?? null,
  })
}
