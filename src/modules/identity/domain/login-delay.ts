/** Failures before the first delay; a person who mistypes meets none. */
export const freeFailures = 5
/** A day without a failure forgets the earlier ones. */
export const forgetFailuresAfterMs = 86_400_000
const firstDelayMs = 2_000
/** At most 96 guesses a day on one account, and its owner never waits longer than this: no permanent lock-out. */
const longestDelayMs = 900_000

/** How long the account answers no sign-in after this many failures in a row: 2 s at the fifth, then doubling to 15 min. */
export function loginDelayMs(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures - freeFailures, 20))
}
