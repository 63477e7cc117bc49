import { hash, verify } from '@node-rs/argon2'
import { invalidField } from '../../kernel/errors.ts'
import { limitConcurrency } from '../../kernel/turns.ts'
import { normalisePassword, passwordFault } from './domain/password-policy.ts'

/** OWASP's first choice for argon2id; 19 MiB and, measured on two cores, 6 ms for each hash. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const currentPrefix = '$argon2id$v=19$m=19456,t=2,p=1$'

/** A hash of random bytes that nobody kept: an unknown account costs the time of a known one. */
const dummyHash = '$argon2id$v=19$m=19456,t=2,p=1$lyitH0FeeNliChh5xGcHRQ$l8A4Eyf12ak/wBezqlRQBxvSsTHZWeq4FWJI3ihuo0c'

/** Two at a time on two cores: more would only take the cores from requests, and 19 MiB each. */
const inTurn = limitConcurrency(2, 200)

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalisePassword(password), cost))
}

/** Whether the password fits; without a hash (no such account) it takes the same time and says no. */
export async function isPasswordRight(password: string, passwordHash: string | undefined): Promise<boolean> {
  const isRight = await inTurn(() => verify(passwordHash ?? dummyHash, normalisePassword(password)))
  return isRight && passwordHash !== undefined
}

/** Whether a hash was made with older parameters and is to be replaced at the next sign-in. */
export function isHashOutdated(passwordHash: string): boolean {
  return !passwordHash.startsWith(currentPrefix)
}

/** Refuses a weak new password, pointing at its field. @throws VALIDATION_FAILED. */
export function assertPasswordAllowed(password: string, email: string, pointer: string): void {
  const fault = passwordFault(password, email)
  if (fault) throw invalidField(pointer, fault.code, fault.message)
}
