import type { Db } from '../../db/client.ts'
import { AppError } from '../../kernel/errors.ts'
import { takeTurns } from '../../kernel/turns.ts'
import { forgetFailuresAfterMs, loginDelayMs } from './domain/login-delay.ts'
import { findLoginAttempts, upsertLoginFailure } from './login-attempt-repo.ts'
import { isPasswordRight } from './passwords.ts'
import { hashToken } from './tokens.ts'

/** Guesses on one account go one after the other: side by side they would all pass before the first is counted. */
const inTurnByAccount = takeTurns()

type Guess = { email: string; password: string; passwordHash: string | undefined; now: Date }

/**
 * Whether the password is right; a wrong one is counted against the e-mail, whether or not somebody has it, and from the
 * fifth on the account answers nothing for a growing while. The caller clears the count when it accepts the sign-in.
 * @throws RATE_LIMITED (429) during the delay, without looking at the password.
 */
export function checkPassword(db: Db, guess: Guess): Promise<boolean> {
  const accountHash = hashToken(guess.email)
  return inTurnByAccount(guess.email, async () => {
    await assertNoDelay(db, accountHash, guess.now)
    const isRight = await isPasswordRight(guess.password, guess.passwordHash)
    if (!isRight) {
      const forgetBefore = new Date(guess.now.getTime() - forgetFailuresAfterMs)
      await upsertLoginFailure(db, accountHash, { now: guess.now, forgetBefore })
    }
    return isRight
  })
}

async function assertNoDelay(db: Db, accountHash: Buffer, now: Date): Promise<void> {
  const attempts = await findLoginAttempts(db, accountHash)
  if (attempts === undefined) return
  const waitMs = attempts.lastFailedAt.getTime() + loginDelayMs(attempts.failures) - now.getTime()
  if (waitMs <= 0) return
  const seconds = Math.ceil(waitMs / 1000)
  throw new AppError('RATE_LIMITED', `Too many wrong passwords; this account can be tried again in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
    details: { violatedPolicies: ['login-failures'] },
  })
}
