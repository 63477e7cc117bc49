import { toHalfWidth } from '../../../kernel/half-width.ts'
import { type Reading, read, refuse } from './reading.ts'

const FORMS = [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/]
const OTHER_FORMS = [/^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/, /^(\d{4})(\d{2})(\d{2})$/]

/**
 * A day, year first: 2027-06-30, 2027/6/30, 2027.6.30, 2027年6月30日, 20270630. Forms that leave open which number is the
 * month are refused, and so are days that no calendar has.
 */
export function readDay(text: string): Reading<string> {
  const plain = toHalfWidth(text).replace(/\s+/g, '')
  const [, year, month, day] = [...FORMS, ...OTHER_FORMS].map((form) => form.exec(plain)).find((found) => found) ?? []
  if (year === undefined || month === undefined || day === undefined) {
    return refuse('date_form', `"${text}" is no date; write 2027-06-30, 2027/6/30 or 2027年6月30日`)
  }
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === iso
  if (!isReal) return refuse('date_unknown', `"${text}" is in no calendar`)
  return read(iso, iso === text ? undefined : iso)
}
