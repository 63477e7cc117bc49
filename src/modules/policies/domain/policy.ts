import type { StateMachine } from '../../../kernel/state-machine.ts'

export const policyStates = ['draft', 'published', 'withdrawn'] as const
export type PolicyState = (typeof policyStates)[number]
export type PolicyAction = 'edit' | 'publish' | 'withdraw'

/** A published policy is edited by its next version, which is published like the first. */
export const policyLifecycle: StateMachine<PolicyState, PolicyAction> = {
  draft: { edit: 'draft', publish: 'published' },
  published: { edit: 'published', publish: 'published', withdraw: 'withdrawn' },
  withdrawn: {},
}

export const policyCategories = [
  'qualification',
  'subsidy',
  'reward',
  'interest_subsidy',
  'loan_access',
  'other',
] as const
export type PolicyCategory = (typeof policyCategories)[number]

/** How far a text can be trusted: read in the document, in what others say of it, from memory, or made up as an example. */
export const basisKinds = ['official_text', 'secondary', 'memory', 'example'] as const
export type PolicyBasis = { kind: (typeof basisKinds)[number]; source: string; asOf: string; note?: string | undefined }

type Dated = { effectiveFrom: string; effectiveTo: string | null; publishedAt: Date | null }

/** The version in force on a day: the one that began last before it, unless it has ended since. */
export function versionOn<V extends Dated>(versions: readonly V[], day: string): V | undefined {
  const begun = versions.filter(({ publishedAt, effectiveFrom }) => publishedAt !== null && effectiveFrom <= day)
  const last = begun.sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? 1 : -1))[0]
  return last === undefined || (last.effectiveTo !== null && last.effectiveTo < day) ? undefined : last
}
