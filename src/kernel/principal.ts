import type { Id } from './ids.ts'
import type { Permission, Role } from './permissions.ts'

export const organisationKinds = [
  'university',
  'research_institute',
  'enterprise',
  'financial_institution',
  'broker_firm',
  'market_operator',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** Who acts: a signed-in user or an API key, always on behalf of one organisation. */
export type Principal = {
  userId: Id<'user'>
  orgId: Id<'organisation'>
  orgKind: OrganisationKind
  /** Code of the organisation's home market; brokers and operators work in it and its branches. */
  market: string
  isOrgVerified: boolean
  role: Role
  /** Present for API keys: the key may do no more than this. */
  scopes?: readonly Permission[]
  /** Present for API keys. */
  apiKeyId?: Id<'apiKey'>
  /** Present for sessions: lets logout name the one to end. */
  sessionId?: Id<'session'>
}

/** A request without credentials. */
export type Anonymous = { role: 'anonymous'; scopes?: undefined }
export type Viewer = Principal | Anonymous

export const anonymous: Anonymous = { role: 'anonymous' }

export function isSignedIn(viewer: Viewer): viewer is Principal {
  return viewer.role !== 'anonymous'
}
