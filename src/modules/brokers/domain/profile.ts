import qualificationTypes from '../../../../seeds/reference/qualification-types.json' with { type: 'json' }
import type { Id } from '../../../kernel/ids.ts'
import type { Certificate } from './certificate.ts'

/** The ladder 初级 – 中级 – 高级 – 正高级, as reference data: code → step from 1. */
const steps: ReadonlyMap<string, number> = new Map(
  qualificationTypes.terms
    .filter(({ parent }) => parent === 'technology_broker')
    .map(({ code, rank }) => [code, rank ?? 0]),
)

export const brokerGrades = [...steps.keys()]
export const juniorGrade = 'technology_broker_junior'
/** From this step on, a broker decides what others have escalated or disagree on. */
export const seniorStep = steps.get('technology_broker_senior') ?? 3

/** The step of a grade on the ladder; 0 for an unknown one. */
export function stepOf(grade: string): number {
  return steps.get(grade) ?? 0
}

export type BrokerProfile = {
  userId: Id<'user'>
  grade: string
  /** Empty: all. */
  fields: string[]
  /** Divisions of GB/T 2260 with all that lies in them. Empty: all. */
  regions: string[]
  languages: string[]
  certificates: Certificate[]
  /** Most items held at a time; null leaves it to the market. */
  capacity: number | null
  /** Who is away is told of nothing and counted on for nothing, but may still claim. */
  isAvailable: boolean
  version: number
}

/** Of a broker who, or whose operator, has not said anything yet. */
export function blankProfile(userId: Id<'user'>): BrokerProfile {
  const lists = { fields: [], regions: [], languages: [], certificates: [] }
  return { userId, grade: juniorGrade, ...lists, capacity: null, isAvailable: true, version: 1 }
}
