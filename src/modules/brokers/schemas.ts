import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { codeOf, day, listOf, regionCode, text } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'
import { conflictReasons } from './domain/conflict.ts'
import { brokerGrades } from './domain/profile.ts'

const grade = z.enum(brokerGrades).meta({ description: 'A step of 技术经理人 in /v1/taxonomies/qualification-types.' })

const certificateSchema = z
  .strictObject({
    type: codeOf('qualification-types'),
    certificateNo: text(100),
    issuer: text(200),
    validFrom: day,
    validTo: day.optional().meta({ description: 'Last day; absent when it does not end.' }),
  })
  .refine(({ validFrom, validTo }) => validTo === undefined || validFrom <= validTo, {
    path: ['validTo'],
    error: 'must not be before validFrom',
  })

export const updateBrokerBody = z.strictObject({
  fields: listOf(codeOf('fields'), 8).optional().meta({ description: 'What the broker takes on; empty: all.' }),
  regions: listOf(regionCode, 40).optional().meta({ description: 'Divisions with all that lies in them; empty: all.' }),
  languages: listOf(
    z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a language such as "zh" or "en"'),
    10,
  ).optional(),
  capacity: z
    .int()
    .min(1)
    .max(1_000)
    .nullable()
    .optional()
    .meta({ description: 'Most items held at a time; null: what the market allows.' }),
  isAvailable: z.boolean().optional(),
  grade: grade.optional().meta({ description: 'Operators only.' }),
  certificates: listOf(certificateSchema, 20).optional().meta({ description: 'Operators only, who have seen them.' }),
})
export type UpdateBroker = z.output<typeof updateBrokerBody>

export const listBrokersQuery = z.object({
  ...pageQuery,
  market: marketCode.optional().meta({ description: 'A market and its branches.' }),
  field: codeOf('fields').optional(),
  grade: grade.optional(),
})
export type ListBrokersQuery = z.output<typeof listBrokersQuery>

export const brokerResponse = defineSchema(
  'Broker',
  z.object({
    id: idSchema('user'),
    displayName: z.string(),
    organisation: z.object({ id: idSchema('organisation'), name: z.string() }),
    market: z.string(),
    grade: z.string(),
    fields: z.array(z.string()),
    regions: z.array(z.string()),
    languages: z.array(z.string()),
    isAvailable: z.boolean(),
    certificates: z.array(
      z.object({
        type: z.string(),
        issuer: z.string(),
        certificateNo: z.string().optional().meta({ description: 'For the broker, the own firm and the operator.' }),
        validFrom: z.iso.date(),
        validTo: z.iso.date().optional(),
        isValid: z.boolean().meta({ description: 'Today, in China.' }),
      }),
    ),
    capacity: z.int().nullable().optional().meta({ description: 'For the broker, the own firm and the operator.' }),
    version: z.int().min(1),
  }),
)
export const brokersResponse = pageSchema(brokerResponse)

export const declareConflictBody = z.strictObject({
  organisationId: idSchema('organisation'),
  reason: z.enum(conflictReasons),
  note: text(500).optional(),
})
export type DeclareConflict = z.output<typeof declareConflictBody>

export const conflictResponse = defineSchema(
  'BrokerConflict',
  z.object({
    organisationId: idSchema('organisation'),
    organisationName: z.string(),
    reason: z.enum(conflictReasons),
    note: z.string().optional(),
    declaredAt: z.iso.datetime(),
  }),
)
