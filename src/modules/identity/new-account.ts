import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { findMarket } from '../markets/index.ts'
import { enclosingTerm, nearestCode } from '../taxonomy/index.ts'
import type { Verification } from './domain/verification.ts'
import type { Organisation } from './organisation-repo.ts'
import { assertPasswordAllowed, hashPassword } from './passwords.ts'
import type { RegisterOrganisation } from './schemas.ts'
import type { User } from './user-repo.ts'

/** A new organisation; the caller says in which state it starts. */
export function newOrganisation(
  input: Omit<RegisterOrganisation, 'user'>,
  verification: Verification,
  now: Date,
): Organisation {
  return {
    id: newId('organisation'),
    kind: input.kind,
    name: input.name,
    shortName: input.shortName ?? null,
    uscc: input.uscc,
    market: input.market,
    region: input.region ?? null,
    introduction: input.introduction ?? null,
    verification,
    verificationNote: null,
    verifiedAt: verification === 'verified' ? now : null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

type NewUser = { email: string; displayName: string; password: string; role: Role; passwordPointer: string }

/** A new user with its password hashed. @throws VALIDATION_FAILED for a weak password, pointing at its field. */
export async function newUser(orgId: Id<'organisation'>, input: NewUser, now: Date): Promise<User> {
  const { email, displayName, role, password } = input
  assertPasswordAllowed(password, email, input.passwordPointer)
  const passwordHash = await hashPassword(password)
  return {
    id: newId('user'),
    orgId,
    email,
    displayName,
    passwordHash,
    role,
    isDisabled: false,
    createdAt: now,
    updatedAt: now,
  }
}

/** @throws VALIDATION_FAILED when there is no such market. */
export async function assertMarketExists(db: Db, market: string): Promise<void> {
  if ((await findMarket(db, market)) === undefined) {
    throw invalidField('#/market', 'unknown_market', `there is no market "${market}"`)
  }
}

/** A county that the shipped set does not list is known by its city. @throws VALIDATION_FAILED. */
export function assertRegionKnown(region: string | null | undefined): void {
  if (region == null || enclosingTerm('regions', region) !== undefined) return
  const guess = nearestCode('regions', region)
  throw invalidField('#/region', 'unknown_code', `is not a region${guess ? `; did you mean "${guess}"?` : ''}`)
}

/** Turns a unique constraint that refused a row into the refusal that callers know. */
export async function refuseTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (cause) {
    if (isUniqueViolation(cause, 'organisations__uscc')) {
      throw new AppError('USCC_TAKEN', 'An organisation with this credit code is registered already.', { cause })
    }
    if (isUniqueViolation(cause, 'users__email')) {
      throw new AppError('EMAIL_TAKEN', 'A user with this e-mail address exists already.', { cause })
    }
    throw cause
  }
}
