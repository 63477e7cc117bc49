const minute = 60_000

/** Rest after each answer "later": six attempts over about five hours, as greylisting and full mailboxes need. */
const deferralDelaysMs = [minute, 5 * minute, 15 * minute, 60 * minute, 240 * minute]

/** A server that is away says nothing about the mail, so such attempts do not count; after two days the news is stale. */
const awayDelayMs = 5 * minute
const longestAwayMs = 2 * 24 * 60 * minute

/** When to try again after so many deferrals; undefined after the sixth attempt. */
export function afterDeferral(deferrals: number, now: Date): Date | undefined {
  const delayMs = deferralDelaysMs[deferrals - 1]
  return delayMs === undefined ? undefined : new Date(now.getTime() + delayMs)
}

/** When to try again after the server was away; undefined when the mail has waited too long. */
export function afterAbsence(plannedFor: Date, now: Date): Date | undefined {
  const isStale = now.getTime() - plannedFor.getTime() > longestAwayMs
  return isStale ? undefined : new Date(now.getTime() + awayDelayMs)
}
