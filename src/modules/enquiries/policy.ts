import { AppError, notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { EnquirySide } from './domain/enquiry.ts'
import type { Enquiry } from './enquiry-repo.ts'

/** How somebody stands to an enquiry. */
export type EnquiryRelation = EnquirySide | 'operator'

/**
 * @param line the enquiry's market and everything above it; its operators see prices and states, no texts.
 * @throws NOT_FOUND for everybody else.
 */
export function enquiryRelation(
  enquiry: Pick<Enquiry, 'sellerOrgId' | 'buyerOrgId'>,
  actor: Principal,
  line: readonly string[],
): EnquiryRelation {
  if (actor.orgId === enquiry.sellerOrgId) return 'seller'
  if (actor.orgId === enquiry.buyerOrgId) return 'buyer'
  if (actor.role === 'operator' && line.includes(actor.market)) return 'operator'
  throw notFound('enquiry')
}

/** @throws FORBIDDEN for operators, who look on. */
export function assertEnquirySide(relation: EnquiryRelation): EnquirySide {
  if (relation !== 'operator') return relation
  throw new AppError('FORBIDDEN', 'Only the two sides of the enquiry may do this.')
}
