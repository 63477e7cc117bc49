import { commonPasswords } from './common-passwords.ts'

export type PasswordFault = { code: 'too_short' | 'too_long' | 'too_common' | 'equals_email'; message: string }

export const passwordLength = { min: 8, max: 128 }

/** What argon2 is given: two keyboards may send one visible text in two Unicode spellings. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/**
 * Why a new password is refused: by length and by being guessed first, never by composition (NIST SP 800-63B, ASVS 6.2).
 * `email` is in its stored spelling.
 */
export function passwordFault(password: string, email: string): PasswordFault | undefined {
  const folded = normalisePassword(password).toLowerCase()
  const { length } = [...normalisePassword(password)]
  if (length < passwordLength.min) return { code: 'too_short', message: 'must have at least 8 characters' }
  if (length > passwordLength.max) return { code: 'too_long', message: 'must have at most 128 characters' }
  if (folded === email) return { code: 'equals_email', message: 'must not be your e-mail address' }
  if (isCommon(folded)) return { code: 'too_common', message: 'is among the passwords that are guessed first' }
  return undefined
}

/** The list itself, and any one character repeated, which no list of finite length can hold. */
function isCommon(folded: string): boolean {
  return commonPasswords.has(folded) || new Set(folded).size === 1
}
