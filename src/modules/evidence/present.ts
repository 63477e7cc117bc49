import type { z } from 'zod'
import { type FactValue, fieldNames, fieldOf, fields } from '../../rules/index.ts'
import { declarableFields } from './domain/evidence.ts'
import type { Evidence } from './evidence-repo.ts'
import type { evidenceResponse } from './schemas.ts'

export function toEvidenceResponse(row: Evidence): z.input<typeof evidenceResponse> {
  const { id, field, value, asOf, validTo, source, state, verifiedAt, createdAt } = row
  return {
    ...{ id, field, label: fieldOf(field)?.zh ?? field, value: mutable(value), asOf, validTo, source, state },
    verifiedAt: verifiedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

export function toRuleFields() {
  return fieldNames.map((name) => ({ name, ...fields[name], isDeclarable: declarableFields.includes(name) }))
}

function mutable(value: FactValue): number | string | boolean | string[] {
  return typeof value === 'object' ? [...value] : value
}
