import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { listingOutcomes } from './domain/lifecycle.ts'
import { listingKinds } from './domain/listing.ts'
import { redReasons } from './domain/trust-code.ts'

/** The id of any of the three kinds. */
export const listingIdSchema = z.union([idSchema('supply'), idSchema('demand'), idSchema('financeProduct')])
const listingFact = { listingId: listingIdSchema, kind: z.enum(listingKinds), market: z.string() }

export const listingSubmitted = defineEvent('listing.submitted', 1, z.object(listingFact))
/** `isBulk`: one of many that one file brought, of which their owner is told together. */
export const listingPublished = defineEvent(
  'listing.published',
  1,
  z.object({ ...listingFact, isBulk: z.boolean().optional() }),
)
/** A published listing changed: content, trust or validity. */
export const listingUpdated = defineEvent('listing.updated', 1, z.object(listingFact))
/** A listing on the market went from another trust code to red; `reasons` are those that make it red. */
export const listingTurnedRed = defineEvent(
  'listing.turned_red',
  1,
  z.object({ ...listingFact, version: z.int(), reasons: z.array(z.enum(redReasons)) }),
)
/** A published listing leaves the market after `validUntil`, a day in China; told once for each such day. */
export const listingExpiring = defineEvent(
  'listing.expiring',
  1,
  z.object({ ...listingFact, validUntil: z.iso.date() }),
)
/** Nobody has confirmed a published listing for 90 days; told again each month until somebody does. Days are days in China. */
export const listingUnconfirmed = defineEvent(
  'listing.unconfirmed',
  1,
  z.object({ ...listingFact, confirmedOn: z.iso.date(), askedOn: z.iso.date() }),
)
export const listingReturned = defineEvent(
  'listing.returned',
  1,
  z.object({ ...listingFact, orgId: idSchema('organisation'), reasons: z.array(z.string()) }),
)
export const listingClosed = defineEvent(
  'listing.closed',
  1,
  z.object({ ...listingFact, outcome: z.enum(listingOutcomes) }),
)

const grantFact = { grantId: idSchema('disclosureGrant'), listingId: listingIdSchema, at: z.iso.datetime() }
/** The owner took back a right to read confidential detail, or gave it back. */
export const disclosureRevoked = defineEvent('disclosure.revoked', 1, z.object(grantFact))
export const disclosureRestored = defineEvent('disclosure.restored', 1, z.object(grantFact))
/** A draft was deleted; nobody but its owner knew of it. */
export const listingDeleted = defineEvent('listing.deleted', 1, z.object(listingFact))
