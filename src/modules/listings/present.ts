import type { Id } from '../../kernel/ids.ts'
import type { OrganisationKind } from '../../kernel/principal.ts'
import { allowedActions } from '../../kernel/state-machine.ts'
import type { ReadIndicator } from '../../text/indicators/indicator.ts'
import type { ListingChange } from './change-repo.ts'
import type { Disclosure } from './domain/disclosure.ts'
import { listingLifecycle } from './domain/lifecycle.ts'
import type { Confidential, Listing, ListingId } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'
import { readIndicatorsOf } from './read-indicators.ts'

/** A listing with what a presenter needs to know about its owner and its viewer. */
export type ListingView = {
  listing: Listing
  owner: { id: Id<'organisation'>; name: string; kind: OrganisationKind }
  disclosure: Disclosure
  /** Loaded only when the disclosure is full and one listing is read. */
  confidential: Confidential | undefined
  /** The listing that took this one in, for whom still sees this one. */
  mergedInto?: ListingId | undefined
}

/** The answer for one tier, field by field: what a tier does not name, it does not get. */
export function toListingResponse(definition: ListingKindDefinition, view: ListingView): Record<string, unknown> {
  const { listing, disclosure } = view
  const teaser = teaserOf(definition, view)
  if (disclosure === 'teaser') return teaser
  const member = {
    ...teaser,
    ...listing.details,
    description: listing.content.description,
    indicators: listing.content.indicators,
    readIndicators: definition.indicatorTexts && readIndicatorsOf(definition, listing).map(toReadIndicator),
  }
  return disclosure === 'member' ? member : { ...member, ...ownerPart(view) }
}

function toReadIndicator({ name, operator, value, valueMax, unit, text }: ReadIndicator) {
  return { name, operator, value, valueMax, unit, text }
}

function teaserOf(definition: ListingKindDefinition, view: ListingView): Record<string, unknown> {
  const { listing, owner, disclosure } = view
  const { content } = listing
  return {
    id: listing.id,
    kind: listing.kind,
    market: listing.market,
    organisation: { id: owner.id, name: owner.name, kind: owner.kind },
    title: content.title,
    summary: content.summary,
    fields: content.fields,
    industries: content.industries,
    strategicIndustries: content.strategicIndustries,
    ipc: content.ipc,
    keywords: content.keywords,
    region: content.region,
    cooperationModes: content.cooperationModes,
    language: content.language,
    provenance: content.provenance,
    validUntil: content.validUntil,
    ...Object.fromEntries(definition.teaserDetails.map((name) => [name, listing.details[name]])),
    state: listing.state,
    outcome: listing.outcome,
    trustCode: listing.trustCode,
    trustReasons: listing.trustReasons,
    disclosure,
    publishedAt: listing.publishedAt?.toISOString(),
    confirmedAt: listing.confirmedAt?.toISOString(),
    closedAt: listing.closedAt?.toISOString(),
    mergedInto: view.mergedInto,
    version: listing.version,
    createdAt: listing.createdAt.toISOString(),
    updatedAt: listing.updatedAt.toISOString(),
  }
}

function ownerPart({ listing, confidential }: ListingView): Record<string, unknown> {
  return {
    externalId: listing.content.externalId,
    returnReasons: listing.returnReasons,
    returnNote: listing.returnNote,
    allowedActions: allowedActions(listingLifecycle, listing.state).filter((action) => !systemAndDesk.has(action)),
    confidentialDetail: confidential?.detail,
    contact: confidential?.contact,
  }
}

/** Actions that are not the owner's: the market's desk and the clock do them. */
const systemAndDesk = new Set(['publish', 'return', 'expire', 'reassess'])

export type ChangeView = { change: ListingChange; ownerId: Id<'organisation'> }

export function toHistoryEntry({ change, ownerId }: ChangeView) {
  return {
    version: change.version,
    action: change.action,
    fromState: change.fromState ?? undefined,
    toState: change.toState,
    changedFields: change.changedFields,
    reasons: change.reasons,
    note: change.note ?? undefined,
    by:
      change.orgId === null
        ? ('system' as const)
        : change.orgId === ownerId
          ? ('owner' as const)
          : ('operator' as const),
    at: change.at.toISOString(),
  }
}
