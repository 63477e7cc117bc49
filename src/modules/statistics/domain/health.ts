import { type Counts, shareOf } from './figure.ts'

export type CalibrationPoint = {
  scoreFrom: number
  scoreTo: number
  decided: number
  approved: number
  /** Mean score of the decided matches, and the share that brokers approved: equal, where scores are calibrated. */
  meanScore: number | null
  approvedShare: number | null
}

/** How often brokers approved what was scored so high, by tenths of the score. */
export function calibrationCurve(counts: Counts): CalibrationPoint[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const approved = counts.get(`decided.${tenth}.approved`) ?? { count: 0, amount: 0 }
    const rejected = counts.get(`decided.${tenth}.rejected`) ?? { count: 0, amount: 0 }
    const decided = approved.count + rejected.count
    return {
      ...{ scoreFrom: tenth / 10, scoreTo: (tenth + 1) / 10, decided, approved: approved.count },
      // Scores are summed in millionths, because counters hold whole numbers.
      meanScore: shareOf((approved.amount + rejected.amount) / 1e6, decided),
      approvedShare: shareOf(approved.count, decided),
    }
  })
}

export type TopicGap = {
  field: string
  demands: number
  supplies: number
  demandShare: number | null
  supplyShare: number | null
  /** Positive where more is wanted than offered. */
  gap: number | null
  /** Share of the field's demands for which a supply was found. */
  suppliedShare: number | null
}

/** What is wanted against what is offered, by field, the widest gap first. */
export function topicGaps(byField: ReadonlyMap<string, Counts>): TopicGap[] {
  const fields = [...byField].filter(([field]) => field !== '*')
  const numberOf = (counts: Counts, measure: string) => counts.get(measure)?.count ?? 0
  const total = (measure: string) => fields.reduce((sum, [, counts]) => sum + numberOf(counts, measure), 0)
  const [allDemands, allSupplies] = [total('demand.published'), total('supply.published')]
  return fields
    .map(([field, counts]) => {
      const [demands, supplies] = [numberOf(counts, 'demand.published'), numberOf(counts, 'supply.published')]
      const [demandShare, supplyShare] = [shareOf(demands, allDemands), shareOf(supplies, allSupplies)]
      const gap = demandShare === null || supplyShare === null ? null : demandShare - supplyShare
      const suppliedShare = shareOf(numberOf(counts, 'demand.supplied'), demands)
      return { field, demands, supplies, demandShare, supplyShare, gap, suppliedShare }
    })
    .sort((one, other) => (other.gap ?? 0) - (one.gap ?? 0) || (one.field < other.field ? -1 : 1))
}

const steps = [
  'demand.published',
  'match.proposed',
  'match.approved',
  'introduction.accepted',
  'deal.opened',
  'deal.signed',
] as const

export type FunnelStep = { step: (typeof steps)[number]; count: number; shareOfPrevious: number | null }

/** From publication to contract. A demand may have many matches, so a share may be above one there. */
export function funnelOf(counts: Counts): FunnelStep[] {
  return steps.map((step, index) => {
    const count = counts.get(step)?.count ?? 0
    const previous = steps[index - 1]
    return { step, count, shareOfPrevious: previous ? shareOf(count, counts.get(previous)?.count ?? 0) : null }
  })
}
