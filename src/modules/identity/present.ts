import type { z } from 'zod'
import type { Permission } from '../../kernel/permissions.ts'
import type { ApiKey } from './api-key-repo.ts'
import type {
  apiKeyResponse,
  createdApiKeyResponse,
  meResponse,
  sessionResponse,
  tokensResponse,
} from './auth-schemas.ts'
import { qualificationState } from './domain/qualification.ts'
import type { Tokens } from './new-session.ts'
import type { Qualification } from './qualification-repo.ts'
import type { qualificationResponse } from './qualification-schemas.ts'
import type { OrganisationView } from './read-organisation.ts'
import type { organisationResponse, userResponse } from './schemas.ts'
import type { Session } from './session-repo.ts'
import type { Account, User } from './user-repo.ts'

export function toOrganisationResponse({
  organisation,
  isFull,
}: OrganisationView): z.input<typeof organisationResponse> {
  const { id, kind, name, shortName, market, region, introduction, verification } = organisation
  const profile = { id, kind, name, shortName, market, region, introduction, verification }
  if (!isFull) return { ...profile, view: 'public' }
  const { uscc, verificationNote, version } = organisation
  return {
    ...profile,
    view: 'full',
    uscc,
    verificationNote,
    verifiedAt: iso(organisation.verifiedAt),
    version,
    createdAt: organisation.createdAt.toISOString(),
    updatedAt: organisation.updatedAt.toISOString(),
  }
}

export function toUserResponse(user: User): z.input<typeof userResponse> {
  const { id, orgId, email, displayName, role, isDisabled } = user
  return { id, organisationId: orgId, email, displayName, role, isDisabled, createdAt: user.createdAt.toISOString() }
}

export function toMeResponse(me: Account & { permissions: Permission[] }): z.input<typeof meResponse> {
  const { user, organisation, permissions } = me
  return {
    user: toUserResponse(user),
    organisation: toOrganisationResponse({ organisation, isFull: true }),
    role: user.role,
    permissions,
  }
}

export function toTokensResponse(tokens: Tokens): z.input<typeof tokensResponse> {
  const { accessToken, expiresIn, refreshToken, refreshExpiresIn } = tokens
  return { accessToken, tokenType: 'Bearer', expiresIn, refreshToken, refreshExpiresIn }
}

export function toSessionResponse(session: Session, currentId?: string): z.input<typeof sessionResponse> {
  const { id, createdAt, lastUsedAt, expiresAt } = session
  return {
    id,
    isCurrent: id === currentId,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

export function toApiKeyResponse(apiKey: ApiKey): z.input<typeof apiKeyResponse> {
  const { id, name, scopes, userId, createdAt, expiresAt, lastUsedAt } = apiKey
  return {
    id,
    name,
    scopes,
    createdBy: userId,
    createdAt: createdAt.toISOString(),
    expiresAt: iso(expiresAt),
    lastUsedAt: iso(lastUsedAt),
  }
}

export function toCreatedApiKeyResponse(created: {
  apiKey: ApiKey
  text: string
}): z.input<typeof createdApiKeyResponse> {
  return { ...toApiKeyResponse(created.apiKey), key: created.text }
}

/** @param today the day in China, which decides whether the qualification has expired. */
export function toQualificationResponse(
  qualification: Qualification,
  { isFull, today }: { isFull: boolean; today: string },
): z.input<typeof qualificationResponse> {
  const { id, type, level, issuer, region, certificateNo, validFrom, validTo, createdAt } = qualification
  return {
    id,
    type,
    level,
    issuer,
    region,
    ...(isFull ? { certificateNo } : {}),
    validFrom,
    validTo,
    state: qualificationState(qualification, today),
    createdAt: createdAt.toISOString(),
  }
}

function iso(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString()
}
