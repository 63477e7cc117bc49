import type { z } from 'zod'
import type { OrganisationKind } from '../../kernel/principal.ts'
import type { ListingContent, ListingFacets, ListingKind } from './domain/listing.ts'
import type { IpState } from './domain/trust-code.ts'

/** The part of trust that only the kind's own fields can tell. */
export type KindTrustFacts = {
  ipRights: readonly IpState[]
  ipBlockedModes: readonly string[]
  hasClaimsWithoutEvidence: boolean
}

/**
 * What makes one kind of listing different. Everything else (storage, lifecycle, history, disclosure, routes) is written
 * once in this module and works on any kind.
 */
export type ListingKindDefinition = {
  kind: ListingKind
  /** URL segment: `/v1/supplies`. */
  path: string
  /** For operation ids and schema names: `Supply`, `Supplies`. */
  name: string
  pluralName: string
  /** For people: `supply`, `finance product`. */
  label: string
  owners: readonly OrganisationKind[]
  /** Shape of the kind's own fields; stored as they are in `details`. */
  detailShape: Record<string, z.ZodType>
  /** Own fields that belong to the public teaser; the others are for members. */
  teaserDetails: readonly string[]
  /** Members that a lens adds to listings in lists, see ListLens. */
  listedWith?: Record<string, z.ZodType>
  /** Rules across fields, for create and for the result of a patch. Report through `issue`. */
  checkRules(details: Record<string, unknown>, issue: (pointer: string, message: string) => void): void
  /** Rules whose breach has an error code of its own, thrown as AppError; for create and for the result of a patch. */
  assertSound?(details: Record<string, unknown>): void
  facetsOf(details: Record<string, unknown>): ListingFacets
  trustFactsOf(details: Record<string, unknown>, today: string): KindTrustFacts
  /** Figures that nothing proves; a kind without it makes no claims. */
  unprovenClaims?(details: Record<string, unknown>): string[]
  /** Own texts that state what is offered or asked for, to read indicators from; a kind without it is not read. */
  indicatorTexts?(details: Record<string, unknown>): (string | undefined)[]
  /** Names of the fields that publication needs and that are missing. */
  missingForPublication(content: ListingContent, details: Record<string, unknown>): string[]
  /** 0 to 100, and the fields that would raise it; a kind without it is never refused for being unclear. */
  clarityOf?(content: ListingContent, details: Record<string, unknown>): { score: number; unclear: string[] }
  /** A valid create body, for the OpenAPI document. */
  example: Record<string, unknown>
}
