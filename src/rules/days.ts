/** The day some whole years after a day (YYYY-MM-DD); 29 February falls on the 28th in common years. */
export function yearsAfter(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const target = year + years
  const isLeap = (target % 4 === 0 && target % 100 !== 0) || target % 400 === 0
  return textOf(target, month, month === 2 && date === 29 && !isLeap ? 28 : date)
}

export function dayBefore(day: string): string {
  return shift(day, -1)
}

/** Whole days from one day to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function textOf(year: number, month: number, date: number): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')
}
