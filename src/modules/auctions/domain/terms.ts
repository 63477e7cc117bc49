import { addDays } from '../../../kernel/clock.ts'
import type { Ladder } from './ladder.ts'
import type { AuctionRules } from './rules.ts'

/** What a lot promises, as far as rules judge it. */
export type JudgedTerms = {
  startFen: number
  depositFen: number
  ladder: Ladder
  valuationFen: number
  /** Calendar day in China. */
  valuedOn: string
  opensAt: Date
  endsAt: Date
}

/** A term that the market's rules do not allow: where it is, which rule, and a sentence for a person. */
export type TermsFault = { field: string; rule: string; message: string }

const hourMs = 3_600_000

/** Every way in which the terms break the rules when announced at this time; none when they may be announced. */
export function termsFaults(terms: JudgedTerms, rules: AuctionRules, announcedAt: Date): TermsFault[] {
  const share = (percent: number, of: number) => Math.ceil((of * percent) / 100)
  const biddingHours = (terms.endsAt.getTime() - terms.opensAt.getTime()) / hourMs
  const valuationEnds = addDays(new Date(`${terms.valuedOn}T00:00:00+08:00`), rules.valuationMaxAgeDays)
  const checks: [boolean, TermsFault][] = [
    [
      terms.opensAt >= addDays(announcedAt, rules.minPublicityDays),
      fault(
        'opensAt',
        'publicity',
        `bidding may open ${rules.minPublicityDays} days after the announcement at the earliest`,
      ),
    ],
    [
      biddingHours >= rules.minBiddingHours,
      fault('endsAt', 'bidding_time', `bidding must last ${rules.minBiddingHours} hours or more`),
    ],
    [
      terms.depositFen >= share(rules.depositMinPercent, terms.startFen) &&
        terms.depositFen <= share(rules.depositMaxPercent, terms.startFen),
      fault(
        'depositFen',
        'deposit_share',
        `must be ${rules.depositMinPercent} to ${rules.depositMaxPercent} % of the start price`,
      ),
    ],
    [
      terms.startFen >= share(rules.startMinPercent, terms.valuationFen),
      fault('startFen', 'start_share', `must be ${rules.startMinPercent} % of the valuation or more`),
    ],
    [
      valuationEnds > announcedAt,
      fault('valuedOn', 'valuation_age', `the valuation may be ${rules.valuationMaxAgeDays} days old at most`),
    ],
  ]
  return checks.flatMap(([isMet, broken]) => (isMet ? [] : [broken]))
}

function fault(field: string, rule: string, message: string): TermsFault {
  return { field, rule, message }
}
