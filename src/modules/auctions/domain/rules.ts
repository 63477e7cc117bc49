/** How a market auctions. A lot keeps the version and the values that were in force when it was announced. */
export type AuctionRules = {
  /** A bid in the last so many minutes extends the end by as many. */
  softCloseMinutes: number
  /** The end never moves further than this beyond the announced one. */
  extensionCapHours: number
  minBiddingHours: number
  minPublicityDays: number
  /** Of the start price. */
  depositMinPercent: number
  depositMaxPercent: number
  /** Least start price, of the valuation. */
  startMinPercent: number
  /** Oldest valuation that may stand behind a start price: the worth of a technology decays. */
  valuationMaxAgeDays: number
  /** A lot that did not sell may come back within so many days, at most so much cheaper. */
  reauctionWithinDays: number
  reauctionMaxCutPercent: number
  /** Time to pay and sign, from the close or from the acceptance of an offer. */
  settlementDays: number
  /** Time to accept an offer after the winner defaulted. */
  offerAnswerDays: number
  /** How long after the close a priority buyer may take the lot at its price. */
  priorityMatchHours: number
}

/** One set of rules of one market and its branches, for announcements from a day in China on. */
export type RuleSet = { version: string; market: string | null; from: string; source: string; rules: AuctionRules }

const courtPractice: AuctionRules = {
  softCloseMinutes: 5,
  extensionCapHours: 24,
  minBiddingHours: 24,
  minPublicityDays: 15,
  depositMinPercent: 5,
  depositMaxPercent: 20,
  startMinPercent: 70,
  valuationMaxAgeDays: 365,
  reauctionWithinDays: 30,
  reauctionMaxCutPercent: 20,
  settlementDays: 10,
  offerAnswerDays: 5,
  priorityMatchHours: 24,
}

/**
 * Dated data: a set is never changed or removed, a later one takes its place. The general set follows the court's rules for
 * judicial auctions on the net (法释〔2016〕18号), which the market's practice copies; the season in Jiangsu announces a week
 * ahead (拍卖法, article 45) and starts below the valuation, because unrealistic prices are what kept patents unsold.
 */
export const ruleSets: readonly RuleSet[] = [
  { version: 'general-2017', market: null, from: '2017-01-01', source: '法释〔2016〕18号', rules: courtPractice },
  {
    version: 'jiangsu-2024',
    market: 'jiangsu',
    from: '2024-01-01',
    source: '江苏省成果（专利）拍卖季竞价规则（平台约定）',
    rules: { ...courtPractice, minPublicityDays: 7, startMinPercent: 50, reauctionMaxCutPercent: 30 },
  },
]

/**
 * The set in force on a day for a market: the nearest market of the line (the market itself, its parent …) that has one, its
 * newest; otherwise the general one. Undefined before the first.
 */
export function ruleSetFor(
  line: readonly string[],
  day: string,
  sets: readonly RuleSet[] = ruleSets,
): RuleSet | undefined {
  for (const market of [...line, null]) {
    const inForce = sets.filter((set) => set.market === market && set.from <= day)
    const newest = inForce.sort((a, b) => (a.from < b.from ? 1 : -1))[0]
    if (newest !== undefined) return newest
  }
  return undefined
}
