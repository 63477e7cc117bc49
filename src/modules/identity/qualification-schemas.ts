import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { qualificationStates } from './domain/qualification.ts'
import { line, regionCode } from './schemas.ts'

export const declareQualificationBody = z.strictObject({
  type: z.string().min(1).max(64).meta({ description: 'A code of the taxonomy `qualification-types`.' }),
  level: line(40).optional(),
  issuer: line(200),
  region: regionCode.optional(),
  certificateNo: line(100),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional().meta({ description: 'Last day of validity; absent when it does not end.' }),
})
export type DeclareQualification = z.output<typeof declareQualificationBody>

export const qualificationDecisions = ['verify', 'revoke'] as const
export const verifyQualificationBody = z.strictObject({
  decision: z.enum(qualificationDecisions).meta({ description: '`revoke` takes a verification back.' }),
})

export const qualificationParams = z.object({
  id: idSchema('organisation'),
  qualificationId: idSchema('qualification'),
})

export const qualificationResponse = defineSchema(
  'Qualification',
  z.object({
    id: idSchema('qualification'),
    type: z.string(),
    level: z.string().nullable(),
    issuer: z.string(),
    region: z.string().nullable(),
    certificateNo: z.string().optional().meta({ description: 'For the organisation itself and its operator.' }),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    state: z.enum(qualificationStates),
    createdAt: z.iso.datetime(),
  }),
)
