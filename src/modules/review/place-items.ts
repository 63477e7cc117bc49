import { stepOf } from '../brokers/index.ts'
import type { MarketRules } from '../markets/index.ts'
import { turnOf, type Worth, worthOf } from './domain/turn.ts'

type Placeable = { demandId: string; supplyId: string; score: number; valueFen: number | null; createdAt: Date }

/** Where an item stands in the queue, who may take it, and until when it is due. */
export type Place = {
  turnAt: Date
  worth: Worth
  openToAllAt: Date
  minStep: number
  certificate: string | null
  stage: 'first'
  dueAt: Date
  lateAt: Date
  chases: 0
}

/** Gives each of the items that are about to be opened its place. @param undecided items that each listing has already. */
export function placeItems<I extends Placeable & { rules: MarketRules }>(
  items: readonly I[],
  undecided: ReadonlyMap<string, number>,
): (I & Place)[] {
  const counts = new Map(undecided)
  return items.map((item) => {
    const { demandId, supplyId, rules, createdAt, valueFen } = item
    const sides = [counts.get(demandId) ?? 0, counts.get(supplyId) ?? 0] as const
    for (const id of [demandId, supplyId]) counts.set(id, (counts.get(id) ?? 0) + 1)
    const worth = worthOf({ score: item.score, valueFen, undecided: Math.min(...sides) })
    return {
      ...item,
      turnAt: turnOf(createdAt, worth),
      worth,
      openToAllAt: hoursAfter(createdAt, rules.reviewOpenToAllHours),
      minStep: stepForValue(rules, valueFen),
      certificate: rules.reviewCertificate,
      stage: 'first',
      ...dueDates(createdAt, rules),
    }
  })
}

/** When an item that somebody new is to look at is due, and when it is late. */
export function dueDates(from: Date, { reviewDueHours }: Pick<MarketRules, 'reviewDueHours'>) {
  return { dueAt: hoursAfter(from, reviewDueHours), lateAt: hoursAfter(from, 2 * reviewDueHours), chases: 0 as const }
}

function stepForValue({ reviewGrades }: MarketRules, valueFen: number | null): number {
  const steps = reviewGrades.filter(({ fromFen }) => fromFen <= (valueFen ?? 0)).map(({ grade }) => stepOf(grade))
  return Math.max(0, ...steps)
}

function hoursAfter(from: Date, hours: number): Date {
  return new Date(from.getTime() + hours * 3_600_000)
}
