import type { AwardState } from './award.ts'
import type { LotOutcome, LotState } from './lot.ts'

/** What the report asks of a lot that was announced. */
export type ReportedLot = {
  sellerOrgId: string
  sellerName: string
  fields: readonly string[]
  state: LotState
  outcome: LotOutcome | null
  /** The award that stands, where there is one. */
  award: { state: AwardState; amountFen: number } | null
}

/** Intent and closed amounts stay apart, and there is no sum of both: a won bid is a promise, a settled lot is money. */
export type SeasonFigures = {
  lots: number
  upcoming: number
  running: number
  sold: number
  unsold: number
  withdrawn: number
  defaulted: number
  /** Of the lots whose bidding was judged: sold, unsold and defaulted. Null before the first. One decimal. */
  soldPercent: number | null
  /** Won or accepted, not yet paid and signed. */
  intentFen: number
  /** Paid and signed. */
  closedFen: number
}

export type SeasonReport = {
  totals: SeasonFigures
  /** A lot of two fields counts in both, so these do not add up to the totals. */
  byField: ({ field: string } & SeasonFigures)[]
  byInstitution: ({ organisation: { id: string; name: string } } & SeasonFigures)[]
}

/** The figures of a season, of each field and of each seller; most closed first, then most lots. */
export function seasonReport(lots: readonly ReportedLot[]): SeasonReport {
  const fields = [...new Set(lots.flatMap((lot) => lot.fields))]
  const sellers = new Map(lots.map(({ sellerOrgId: id, sellerName: name }) => [id, { id, name }]))
  return {
    totals: figuresOf(lots),
    byField: fields
      .map((field) => ({ field, ...figuresOf(lots.filter((lot) => lot.fields.includes(field))) }))
      .sort((a, b) => byWeight(a, b) || a.field.localeCompare(b.field)),
    byInstitution: [...sellers.values()]
      .map((organisation) => ({
        organisation,
        ...figuresOf(lots.filter(({ sellerOrgId }) => sellerOrgId === organisation.id)),
      }))
      .sort((a, b) => byWeight(a, b) || a.organisation.id.localeCompare(b.organisation.id)),
  }
}

function figuresOf(lots: readonly ReportedLot[]): SeasonFigures {
  const count = (isOne: (lot: ReportedLot) => boolean) => lots.filter(isOne).length
  const sum = (state: AwardState) =>
    lots.reduce((total, { award }) => total + (award?.state === state ? award.amountFen : 0), 0)
  const sold = count(({ state, outcome }) => outcome === 'sold' && state !== 'defaulted')
  const unsold = count(({ outcome }) => outcome === 'unsold')
  const defaulted = count(({ state }) => state === 'defaulted')
  const judged = sold + unsold + defaulted
  return {
    lots: lots.length,
    upcoming: count(({ state }) => state === 'announced'),
    running: count(({ state }) => state === 'open'),
    ...{ sold, unsold, withdrawn: count(({ outcome }) => outcome === 'withdrawn'), defaulted },
    soldPercent: judged === 0 ? null : Math.round((sold / judged) * 1_000) / 10,
    intentFen: sum('accepted'),
    closedFen: sum('settled'),
  }
}

function byWeight(a: SeasonFigures, b: SeasonFigures): number {
  return b.closedFen - a.closedFen || b.lots - a.lots
}
