/** Times of day, HH:MM; `from` after `to` spans midnight. Both equal is no quiet at all. */
export type QuietHours = { from: string; to: string }

type Rules = { timeZone: string; quietHours: QuietHours | null }

const minuteMs = 60_000
const minutesPerDay = 1_440

export function isQuiet(instant: Date, { timeZone, quietHours }: Rules): boolean {
  if (quietHours === null) return false
  const [from, to] = [minutesOf(quietHours.from), minutesOf(quietHours.to)]
  const minute = minuteOfDay(timeZone, instant)
  return from <= to ? from <= minute && minute < to : from <= minute || minute < to
}

/**
 * The instant itself, or the end of the quiet hours it lies in. Where clocks change in between, the first guess can miss by
 * an hour and still be quiet; then it goes on from there. A day has at most one change, so three steps are enough.
 */
export function whenNotQuiet(instant: Date, rules: Rules): Date {
  let at = instant
  for (let step = 0; step < 3 && rules.quietHours !== null && isQuiet(at, rules); step += 1) {
    const toGo = (minutesOf(rules.quietHours.to) - minuteOfDay(rules.timeZone, at) + minutesPerDay) % minutesPerDay
    at = new Date(Math.floor(at.getTime() / minuteMs) * minuteMs + toGo * minuteMs)
  }
  return at
}

/** The calendar day in a time zone, YYYY-MM-DD. */
export function dayIn(timeZone: string, instant: Date): string {
  return formatOf(timeZone).format(instant).slice(0, 10)
}

function minuteOfDay(timeZone: string, instant: Date): number {
  return minutesOf(formatOf(timeZone).format(instant).slice(-5))
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** Making a format costs about 30 µs, using it 1 µs; there are some 400 zones at most. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  formats.set(timeZone, made)
  return made
}
