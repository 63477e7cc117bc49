import { type Facts, lastDay } from './facts.ts'
import type { Judgement } from './judgement.ts'
import type { ScoreOption, ScoreRule, ScoreTable } from './rule.ts'
import { knownValue } from './term.ts'

type Points = { low: number; high: number; validTo: string; missing: readonly string[] }

/**
 * Points reached for certain and at most. Yes once the certain ones suffice, no once the possible ones do not; a table with a
 * minimum of its own must reach that too.
 */
export function judgeScore({ score, min }: ScoreRule, facts: Facts, day: string): Judgement {
  const tables = score.map((table) => ({ table, points: pointsOf(table, facts, day) }))
  const low = tables.reduce((sum, { points }) => sum + points.low, 0)
  const high = tables.reduce((sum, { points }) => sum + points.high, 0)
  const holdsUntil = tables.map(({ points }) => points.validTo).sort()[0] ?? lastDay
  const isYes = low >= min && tables.every(({ table, points }) => points.low >= (table.min ?? 0))
  const isNo = high < min || tables.some(({ table, points }) => points.high < (table.min ?? 0))
  const missing = [...new Set(tables.flatMap(({ points }) => points.missing))]
  if (isYes) return { answer: 'yes', holdsUntil, missing: [], points: [low, high] }
  if (isNo) return { answer: 'no', holdsUntil, missing: [], points: [low, high] }
  return { answer: 'unknown', holdsUntil: lastDay, missing, points: [low, high] }
}

/** The best option counts. */
function pointsOf({ options }: ScoreTable, facts: Facts, day: string): Points {
  const all = options.map((option) => pointsOfOption(option, facts, day))
  return {
    low: Math.max(0, ...all.map(({ low }) => low)),
    high: Math.max(0, ...all.map(({ high }) => high)),
    validTo: all.map(({ validTo }) => validTo).sort()[0] ?? lastDay,
    missing: all.flatMap(({ missing }) => missing),
  }
}

function pointsOfOption({ of, bands }: ScoreOption, facts: Facts, day: string): Points {
  const { value, validTo, missing } = knownValue(of, facts, { day, needsVerified: undefined })
  if (value === undefined) {
    return { low: 0, high: Math.max(0, ...bands.map(({ points }) => points)), validTo, missing }
  }
  const points = bands.find(({ from }) => Number(value) >= from)?.points ?? 0
  return { low: points, high: points, validTo, missing: [] }
}
