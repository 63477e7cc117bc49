import { invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { RuleSet } from '../../rules/index.ts'
import type { PolicyId, PolicyVersion } from './policy-repo.ts'
import type { PatchPolicy, PolicyContent } from './schemas.ts'

type About = { policyId: PolicyId; number: number; by: Id<'user'>; now: Date }

/** A draft with this content. @throws VALIDATION_FAILED for days out of order. */
export function versionOf(content: PolicyContent, { policyId, number, by, now }: About): PolicyVersion {
  const { documentNo = null, benefit = null, effectiveTo = null, rules, ...rest } = content
  if (effectiveTo !== null && effectiveTo < rest.effectiveFrom) {
    throw invalidField('#/effectiveTo', 'before_effective_from', 'must not be before effectiveFrom')
  }
  return {
    ...{ policyId, number, ...rest, documentNo, benefit, effectiveTo },
    // Checked by the schema of the body: what is stored compiles.
    rules: rules as unknown as RuleSet,
    ...{ createdBy: by, createdAt: now, publishedAt: null },
  }
}

/** The content after a merge patch: null takes an optional field away. */
export function patched(version: PolicyVersion, patch: PatchPolicy): PolicyContent {
  const { title, issuer, category, summary, basis, effectiveFrom } = version
  const { rules, documentNo, benefit, effectiveTo } = version
  const merged = {
    ...{ title, issuer, category, summary, basis, effectiveFrom, documentNo, benefit, effectiveTo },
    ...{ rules: rules as unknown as PolicyContent['rules'], ...patch },
  }
  return {
    ...merged,
    documentNo: merged.documentNo ?? undefined,
    benefit: merged.benefit ?? undefined,
    effectiveTo: merged.effectiveTo ?? undefined,
  }
}
