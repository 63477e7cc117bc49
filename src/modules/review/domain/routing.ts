import type { ReviewStage } from './second-reading.ts'

export type RoutedItem = {
  fields: readonly string[]
  region: string | null
  demandOrgId: string
  supplyOrgId: string
  stage: ReviewStage
  minStep: number
  certificate: string | null
  openToAllAt: Date
}

/** A broker as the routing sees it. */
export type Worker = {
  userId: string
  orgId: string
  /** Step of the grade on the ladder of technology managers. */
  step: number
  /** Empty: all. */
  fields: readonly string[]
  /** Empty: all. */
  regions: readonly string[]
  /** Types of the certificates that are valid today. */
  certificates: readonly string[]
  /** Organisations of declared conflicts of interest; the own one is not named here. */
  conflicts: readonly string[]
}

export const obstacles = [
  'conflict_of_interest',
  'already_read',
  'grade_too_low',
  'certificate_missing',
  'other_field',
  'other_region',
] as const
export type Obstacle = (typeof obstacles)[number]

/** From this step on, a broker decides what was escalated. */
export type RoutingRules = { seniorStep: number }

/**
 * Why a broker may not claim an item now; empty when the broker may. Field and region only say who is offered it first:
 * from `openToAllAt` on, an item that nobody has taken is everybody's. Grade, certificate, conflicts of interest and an own
 * earlier reading stay. The claim's statement says the same in SQL; a test compares the two.
 */
export function obstaclesFor(
  worker: Worker,
  item: RoutedItem,
  { now, readers, seniorStep }: RoutingRules & { now: Date; readers: readonly string[] },
): Obstacle[] {
  const isOpenToAll = item.openToAllAt <= now
  const excluded = [worker.orgId, ...worker.conflicts]
  const found: Record<Obstacle, boolean> = {
    conflict_of_interest: excluded.includes(item.demandOrgId) || excluded.includes(item.supplyOrgId),
    already_read: item.stage !== 'first' && readers.includes(worker.userId),
    grade_too_low: worker.step < stepFor(item, seniorStep),
    certificate_missing: item.certificate !== null && !worker.certificates.includes(item.certificate),
    other_field: !isOpenToAll && !suitsFields(worker, item),
    other_region: !isOpenToAll && !suitsRegion(worker, item),
  }
  return obstacles.filter((obstacle) => found[obstacle])
}

/** The step that an item asks for: that of its value, or a senior's when it was escalated. */
export function stepFor({ stage, minStep }: Pick<RoutedItem, 'stage' | 'minStep'>, seniorStep: number): number {
  return stage === 'senior' ? Math.max(minStep, seniorStep) : minStep
}

/** What the codes of all places in a division begin with: `330200` (a city) → `3302`, `330000` (a province) → `33`. */
export function regionPrefix(code: string): string {
  return code.replace(/(00)+$/, '')
}

function suitsFields({ fields }: Pick<Worker, 'fields'>, item: Pick<RoutedItem, 'fields'>): boolean {
  return fields.length === 0 || item.fields.some((field) => fields.includes(field))
}

function suitsRegion({ regions }: Pick<Worker, 'regions'>, { region }: Pick<RoutedItem, 'region'>): boolean {
  if (regions.length === 0 || region === null) return true
  return regions.some((code) => region.startsWith(regionPrefix(code)))
}
