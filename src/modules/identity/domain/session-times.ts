/** An access token dies after 15 minutes without use, and every token of a session 12 hours after the sign-in. */
export const accessLifetimeMs = 15 * 60_000
export const sessionLifetimeMs = 12 * 3_600_000
/** Uses are written down at most once a minute, so the 15 minutes may count from up to a minute before the last use. */
export const usageResolutionMs = 60_000

/** When an access token that is issued or used now will die. */
export function accessExpiry(now: Date, sessionExpiresAt: Date): Date {
  return new Date(Math.min(now.getTime() + accessLifetimeMs, sessionExpiresAt.getTime()))
}
