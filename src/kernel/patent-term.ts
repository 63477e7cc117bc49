import type { PatentType } from './patent-number.ts'

/** Designs filed from this day on run for 15 years: fourth amendment of the Patent Law, article 42. */
const longDesignTermFrom = '2021-06-01'

/**
 * Length of a Chinese patent in years from its filing date: Patent Law article 42. Valid for filings since 1993; the shorter
 * terms of earlier filings have all run out. Extensions for delayed grant or drug approval (article 42, paragraphs 2 and 3)
 * are decisions on a single patent and not counted.
 */
export function patentTermYears(type: PatentType, filedOn: string): number {
  if (type === 'invention') return 20
  if (type === 'utility_model') return 10
  return filedOn >= longDesignTermFrom ? 15 : 10
}

/**
 * The first day without protection: the anniversary of filing. A patent filed on 1999-09-06 for ten years ends on 2009-09-06
 * and its last day is 2009-09-05 (Patent Examination Guidelines, part 5, chapter 9). A filing of 29 February ends on
 * 28 February where the year has no 29th.
 */
export function patentLapsesOn(type: PatentType, filedOn: string): string {
  const year = Number(filedOn.slice(0, 4)) + patentTermYears(type, filedOn)
  const monthAndDay = filedOn.slice(4)
  return monthAndDay === '-02-29' && !isLeap(year) ? `${year}-02-28` : `${year}${monthAndDay}`
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
