import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { day, text } from '../listings/index.ts'
import { evidenceStates } from './domain/evidence.ts'

const value = z
  .union([z.number(), z.string().max(64), z.boolean(), z.array(z.string().max(64)).max(50)])
  .meta({ description: 'As the field wants it: whole fen, a whole number, a day, true or false, a code, or codes.' })

export const declareEvidenceBody = z.strictObject({
  field: text(60).meta({ description: 'A field of GET /v1/rule-fields.' }),
  value,
  asOf: day.meta({ description: 'The day that it is true of, such as the end of the business year.' }),
  validTo: day.optional().meta({ description: 'Last day on which it counts.' }),
  source: text(200).meta({ description: 'The document it stands in: 2025年度审计报告.' }),
})
export type DeclareEvidence = z.output<typeof declareEvidenceBody>

export const evidenceDecisions = ['verify', 'revoke'] as const
export const verifyEvidenceBody = z.strictObject({ decision: z.enum(evidenceDecisions) })

export const evidenceParams = z.object({ id: idSchema('organisation'), evidenceId: idSchema('evidence') })
export const listEvidenceQuery = z.object(pageQuery)

export const evidenceResponse = defineSchema(
  'Evidence',
  z.object({
    id: idSchema('evidence'),
    field: z.string(),
    label: z.string().meta({ description: 'Chinese name of the field.' }),
    value,
    asOf: day,
    validTo: day.nullable(),
    source: z.string(),
    state: z.enum(evidenceStates),
    verifiedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  }),
)
export const evidencePage = pageSchema(evidenceResponse)

export const ruleFieldsResponse = z.object({
  data: z.array(
    defineSchema(
      'RuleField',
      z.object({ name: z.string(), type: z.string(), zh: z.string(), en: z.string(), isDeclarable: z.boolean() }),
    ),
  ),
})
