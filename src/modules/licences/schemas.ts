import { z } from 'zod'
import { fileAnswer } from '../../http/files.ts'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { csvType } from '../imports/index.ts'
import { codeOf, day, listOf, text } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'
import { feeFault, feeForms, royaltyBases } from './domain/fee.ts'
import { acceptanceStates, licenceStates } from './table.ts'

const fee = defineSchema(
  'LicenceFee',
  z
    .strictObject({
      form: z.enum(feeForms),
      amountFen: fenSchema.min(1).optional().meta({ description: 'Once, or to enter.' }),
      royaltyPercent: z.number().gt(0).max(100).optional(),
      royaltyBase: z.enum(royaltyBases).optional(),
    })
    .superRefine((value, context) => {
      const fault = feeFault(value)
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
    }),
)

const consent = z.strictObject({ name: text(120), consentedOn: day })
const report = z.strictObject({ number: text(60), isPositive: z.boolean() })

export const declareLicenceBody = defineSchema(
  'OpenLicenceDeclaration',
  z
    .strictObject({
      supplyId: idSchema('supply'),
      patentNumber: text(40).meta({ description: 'As the supply names it.' }),
      fee,
      paymentTerms: text(1000),
      validFrom: day,
      validTo: day,
      evaluationReport: report.optional().meta({ description: 'Needed for utility models and designs.' }),
      coOwnerConsents: listOf(consent, 10).default([]),
      hasPledgeeConsent: z.boolean().default(false),
      annuityPaidUntil: day.optional().meta({ description: 'Without it the declaration carries a warning.' }),
    })
    .refine(({ validFrom, validTo }) => validTo > validFrom, { path: ['validTo'], error: 'must be after validFrom' }),
)
export type DeclareLicenceBody = z.output<typeof declareLicenceBody>

export const licenceResponse = defineSchema(
  'OpenLicence',
  z.object({
    id: idSchema('openLicence'),
    supplyId: idSchema('supply'),
    organisationId: idSchema('organisation'),
    market: z.string(),
    title: z.string(),
    fields: z.array(z.string()),
    patentNumber: z.string(),
    patentType: z.string(),
    fee,
    paymentTerms: z.string(),
    validFrom: z.string(),
    validTo: z.string(),
    evaluationReport: report.optional(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    state: z.enum(licenceStates),
    withdrawalReason: z.string().optional(),
    withdrawnAt: z.iso.datetime().optional(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  }),
)

export const acceptanceResponse = defineSchema(
  'LicenceAcceptance',
  z.object({
    id: idSchema('licenceAcceptance'),
    licenceId: idSchema('openLicence'),
    organisationId: idSchema('organisation'),
    state: z.enum(acceptanceStates),
    fee,
    paymentTerms: z.string(),
    validTo: z.string(),
    noticedAt: z.iso.datetime(),
    paidAt: z.iso.datetime().optional(),
  }),
)

const registerFilter = {
  market: marketCode.optional(),
  field: codeOf('fields').optional(),
  state: z.enum(licenceStates).optional(),
}
export const listLicencesQuery = z.object({ ...pageQuery, ...registerFilter })
export const exportLicencesQuery = z.object(registerFilter)
export const registerFile = fileAnswer(csvType)
export const listAcceptancesQuery = z.object(pageQuery)
export const withdrawLicenceBody = z.strictObject({ reason: text(500) })
export const confirmPaymentBody = z.strictObject({ reference: text(120) })
