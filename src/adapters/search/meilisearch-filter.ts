import type { SearchQuery } from '../../ports/search-engine.ts'

/** The conditions of a query besides its text; all have to hold. */
export function filtersOf(query: SearchQuery): string[] {
  const { kinds, markets, qualifications, field, industry, ipc, region, mode, trust, publishedSince } = query
  const conditions = [
    kinds && anyValue('kind', kinds),
    markets && anyValue('market', markets),
    qualifications && anyValue('qualifications', qualifications),
    field === undefined ? undefined : equals('fields', field),
    industry === undefined ? undefined : equals('industryPrefixes', industry),
    ipc === undefined ? undefined : equals('ipcPrefixes', ipc),
    region === undefined ? undefined : equals('regionPrefixes', region),
    mode === undefined ? undefined : equals('modes', mode),
    trust === undefined ? undefined : equals('trust', trust),
    publishedSince && `publishedMs >= ${publishedSince.getTime()}`,
    ...rangesOf(query),
  ]
  return conditions.filter((condition) => condition !== undefined)
}

/** Ranges overlap; comparisons pass over what has no value. */
function rangesOf({ trlMin, trlMax, priceMinFen, priceMaxFen, amountMinFen, amountMaxFen }: SearchQuery) {
  const isAmount = amountMinFen !== undefined || amountMaxFen !== undefined
  return [
    trlMin === undefined ? undefined : `trlTo >= ${trlMin}`,
    trlMax === undefined ? undefined : `trlFrom <= ${trlMax}`,
    priceMinFen === undefined ? undefined : `priceTo >= ${priceMinFen}`,
    priceMaxFen === undefined ? undefined : `priceFrom <= ${priceMaxFen}`,
    amountMinFen === undefined ? undefined : `priceTo >= ${amountMinFen}`,
    amountMaxFen === undefined ? undefined : `priceFrom <= ${amountMaxFen}`,
    isAmount ? equals('kind', 'finance_product') : undefined,
  ]
}

/** A list without values allows nothing; the filter language has no such condition, so nobody is asked. */
export function allowsNothing({ kinds, markets, qualifications }: SearchQuery): boolean {
  return [kinds, markets, qualifications].some((values) => values?.length === 0)
}

export function equals(attribute: string, value: string): string {
  return `${attribute} = ${quote(value)}`
}

export function anyValue(attribute: string, values: readonly string[]): string {
  return `${attribute} IN [${values.map(quote).join(', ')}]`
}

/** A value can neither end its quotes nor swallow the next one, so it is never read as a condition. */
export function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
