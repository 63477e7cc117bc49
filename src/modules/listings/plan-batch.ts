import { chinaDay } from '../../kernel/clock.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { isSameJson } from '../../kernel/same-json.ts'
import { move } from '../../kernel/state-machine.ts'
import type { OrganisationSummary } from '../identity/index.ts'
import type { MarketRules } from '../markets/index.ts'
import { assertClear, assertPublishable } from './assert-publishable.ts'
import { factOf, updatedIfPublished } from './change-listing.ts'
import type { ListingChange } from './change-repo.ts'
import { newDraft } from './create-listing.ts'
import { type ListingAction, listingLifecycle } from './domain/lifecycle.ts'
import type { Confidential, Listing, ListingId } from './domain/listing.ts'
import type { Track } from './domain/trust-code.ts'
import { listingPublished, listingSubmitted } from './events.ts'
import type { ListingKindDefinition } from './kind.ts'
import { mergePatch, parseBody, toInput } from './kind-schemas.ts'
import { listingTrust } from './listing-trust.ts'
import { publishedFields } from './publish-listing.ts'
import { editedFields } from './update-listing.ts'

export type BatchMode = 'upsert' | 'create_only'
/** A listing as somebody's file has it: fields of the create body; null takes a field off a stored listing. */
export type BatchItem = { fields: Record<string, unknown> }
export type Stored = { listing: Listing; confidential: Confidential }

export type BatchContext = {
  definition: ListingKindDefinition
  actor: Principal
  owner: Pick<OrganisationSummary, 'verification'>
  /** Of the stored listings that the items name. */
  tracks: ReadonlyMap<ListingId, Track>
  rulesOf: ReadonlyMap<string, MarketRules>
  mode: BatchMode
  /** Hand what is new, or was returned, to its market as well. */
  shouldSubmit: boolean
  now: Date
}

export type PlannedChange = {
  outcome: 'created' | 'updated'
  listing: Listing
  /** Undefined when it stays as it is. */
  confidential: Confidential | undefined
  changes: ListingChange[]
  events: DomainEvent[]
}
export type Plan = PlannedChange | { outcome: 'unchanged'; listing: Listing }

/**
 * What a row makes of the market, by the rules of the single verbs: create or edit, and then submit. Pure; nothing is
 * stored. @throws VALIDATION_FAILED, LISTING_INCOMPLETE, EXTERNAL_ID_TAKEN, TRANSITION_NOT_ALLOWED.
 */
export function planItem(context: BatchContext, { fields }: BatchItem, stored: Stored | undefined): Plan {
  if (stored === undefined) return planNew(context, fields)
  if (context.mode === 'create_only') {
    throw new AppError('EXTERNAL_ID_TAKEN', 'You have a listing of this kind with this externalId.')
  }
  return planEdit(context, fields, stored)
}

function planNew(context: BatchContext, fields: Record<string, unknown>): Plan {
  const { definition, actor, now } = context
  const present = mergePatch({}, fields) as Record<string, unknown>
  const input = toInput(definition, parseBody(definition, present))
  rulesOf(context, input.market)
  const draft = newDraft(definition, actor, input, now)
  const created = step(context, undefined, { ...draft, version: 0 }, 'create', Object.keys(present).sort())
  return { outcome: 'created', confidential: input.confidential, ...judged(context, submitted(context, created)) }
}

function planEdit(context: BatchContext, fields: Record<string, unknown>, { listing, confidential }: Stored): Plan {
  const { market, ...patch } = fields
  if (market !== undefined && market !== null && market !== listing.market) {
    throw invalidField('#/market', 'market_fixed', `the listing is in the market ${listing.market} and stays there`)
  }
  const { minClarity } = rulesOf(context, listing.market)
  const edited = editedFields(context.definition, { listing, confidential, patch }, { minClarity, now: context.now })
  const hasSecrets = !isSameJson(edited.confidential, confidential)
  const isSame = !hasSecrets && isSameJson(edited.changes, pickContent(listing))
  const waits = context.shouldSubmit && (listing.state === 'draft' || listing.state === 'returned')
  if (isSame && !waits) return { outcome: 'unchanged', listing }
  const state = move(listingLifecycle, listing.state, 'edit')
  const changed = Object.keys(patch).sort()
  const after = step(context, listing, { ...listing, ...edited.changes, state }, 'edit', changed)
  const announced = { ...after, events: updatedIfPublished(after.listing, context.now) }
  const kept = hasSecrets ? edited.confidential : undefined
  return { outcome: 'updated', confidential: kept, ...judged(context, submitted(context, announced)) }
}

type Steps = Pick<PlannedChange, 'listing' | 'changes' | 'events'>

/** Submits a draft or returned listing, and publishes it where its market does so at once. */
function submitted(context: BatchContext, steps: Steps): Steps {
  const { definition, actor, now, shouldSubmit } = context
  const { listing } = steps
  if (!shouldSubmit || (listing.state !== 'draft' && listing.state !== 'returned')) return steps
  const rules = rulesOf(context, listing.market)
  assertPublishable(definition, listing, chinaDay(now))
  assertClear(definition, listing, rules.minClarity)
  const handed = {
    ...listing,
    state: move(listingLifecycle, listing.state, 'submit'),
    returnReasons: [],
    returnNote: undefined,
  }
  const first = joined(steps, step(context, listing, handed, 'submit'), [listingSubmitted(factOf(handed), now)])
  if (!rules.publishOnSubmit || !actor.isOrgVerified) return first
  const shown = { ...first.listing, ...publishedFields(definition, first.listing, now), state: 'published' as const }
  const fact = { ...factOf(shown), isBulk: true }
  return joined(first, step(context, first.listing, shown, 'publish'), [listingPublished(fact, now)])
}

function joined(before: Steps, after: Steps, events: DomainEvent[]): Steps {
  return {
    listing: after.listing,
    changes: [...before.changes, ...after.changes],
    events: [...before.events, ...events],
  }
}

/** The trust code of what is stored in the end; no step before it is seen by anybody. */
function judged({ definition, owner, tracks, now }: BatchContext, steps: Steps): Steps {
  const track = tracks.get(steps.listing.id)
  const { code, reasons } = listingTrust(definition, steps.listing, { owner, track, now })
  return { ...steps, listing: { ...steps.listing, trustCode: code, trustReasons: reasons } }
}

/** The next version with its line in the history. Publication is the market's act, not the owner's. */
function step(
  { actor, now }: BatchContext,
  before: Listing | undefined,
  changed: Listing,
  action: ListingAction | 'create',
  changedFields: string[] = [],
): Steps {
  const listing = { ...changed, version: changed.version + 1, updatedAt: now }
  const by = action === 'publish' ? { userId: null, orgId: null } : { userId: actor.userId, orgId: actor.orgId }
  const change = {
    ...{ version: listing.version, action, fromState: before?.state ?? null, toState: listing.state, changedFields },
    ...{ reasons: [], note: null, ...by, at: now },
  }
  return { listing, changes: [change], events: [] }
}

function rulesOf({ rulesOf: known }: BatchContext, market: string): MarketRules {
  const rules = known.get(market)
  if (rules === undefined) throw invalidField('#/market', 'unknown_market', 'is no market; see /v1/markets')
  return rules
}

function pickContent({ content, details, facets }: Listing) {
  return { content, details, facets }
}
