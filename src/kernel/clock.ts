/** Time is a dependency: use cases ask for a clock, tests advance one by hand. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** Calendar day in China (YYYY-MM-DD): deadlines and validity dates are meant there, whatever the server's zone. */
export function chinaDay(instant: Date): string {
  const ms = instant.getTime()
  if (last?.ms !== ms) last = { ms, day: dayFormat.format(instant) }
  return last.day
}

/** One act asks for the day of its own moment again and again, and formatting takes 15 µs. */
let last: { ms: number; day: string } | undefined

export function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000)
}
