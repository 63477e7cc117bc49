import { addDays } from '../../../kernel/clock.ts'
import type { AuctionRules } from './rules.ts'
import type { TermsFault } from './terms.ts'

type Before = { startFen: number; closedAt: Date }
type Again = { startFen: number; opensAt: string; endsAt: string }

/**
 * What is wrong with a second round: it begins too late, or cuts the price by more than the rules allow (法释〔2016〕18号,
 * article 26: within 30 days, at most 20 %). That the new price fits the valuation is judged when it is announced.
 */
export function reauctionFaults(before: Before, again: Again, at: { rules: AuctionRules; now: Date }): TermsFault[] {
  const { reauctionMaxCutPercent, reauctionWithinDays } = at.rules
  const leastFen = Math.ceil((before.startFen * (100 - reauctionMaxCutPercent)) / 100)
  const faults: TermsFault[] = []
  if (again.startFen < leastFen) {
    const message = `the start price may be cut by ${reauctionMaxCutPercent} % at most, to ${leastFen} fen`
    faults.push({ field: 'startFen', rule: 'price_cut', message })
  }
  if (at.now > addDays(before.closedAt, reauctionWithinDays)) {
    const message = `a lot comes back within ${reauctionWithinDays} days of its close`
    faults.push({ field: 'opensAt', rule: 'too_late', message })
  }
  if (Date.parse(again.endsAt) <= Date.parse(again.opensAt)) {
    faults.push({ field: 'endsAt', rule: 'order', message: 'must be after opensAt' })
  }
  return faults
}
