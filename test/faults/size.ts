/** `npm run test:faults`: the numbers of RELIABILITY §2.8. Otherwise the smoke form, a few seconds for each test. */
const isLong = process.env.FAULTS === 'long'

/** The size of a test in its two forms. */
export function sized<T>(forms: { short: T; long: T }): T {
  return isLong ? forms.long : forms.short
}
