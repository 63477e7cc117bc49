import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { day, text } from '../listings/index.ts'
import { agreementActions, agreementStates } from './domain/agreement.ts'

const positiveFen = fenSchema.refine((fen) => fen > 0, 'must be above 0')

const commitment = defineSchema(
  'FrameworkCommitment',
  z.strictObject({
    from: day.meta({ description: 'The day on which this part of the line opens.' }),
    amountFen: positiveFen,
    condition: text(300).optional().meta({ description: 'For people: 完成B轮融资. Nothing is computed from it.' }),
  }),
)

const terms = {
  title: text(120),
  lineFen: positiveFen,
  isRevolving: z.boolean().meta({ description: 'Whether what was repaid may be drawn again.' }),
  validFrom: day,
  validTo: day,
  commitments: z.array(commitment).min(1).max(50).meta({ description: 'They sum to the line.' }),
}

export const proposeAgreementBody = z.strictObject({ enterpriseId: idSchema('organisation'), ...terms })
export type ProposeAgreement = z.output<typeof proposeAgreementBody>
export const answerAgreementBody = z.strictObject({ isAccepted: z.boolean() })
export const endAgreementBody = z.strictObject({ reason: text(500) })
export const listAgreementsQuery = z.object({ ...pageQuery, state: z.enum(agreementStates).optional() })

export const agreementResponse = defineSchema(
  'FrameworkAgreement',
  z.object({
    ...{ id: idSchema('frameworkAgreement'), providerId: idSchema('organisation') },
    ...{ enterpriseId: idSchema('organisation'), market: z.string(), state: z.enum(agreementStates) },
    allowedActions: z.array(z.enum(agreementActions)).meta({ description: 'Steps that are yours now.' }),
    ...terms,
    drawnFen: fenSchema.meta({ description: 'Taken so far under it.' }),
    repaidFen: fenSchema,
    balanceFen: fenSchema.meta({ description: 'Owed now under it.' }),
    openFen: fenSchema.meta({ description: 'The part of the line that is open today.' }),
    leftFen: fenSchema.meta({ description: 'What may still be drawn today.' }),
    endReason: z.string().nullable(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    answeredAt: z.iso.datetime().nullable(),
  }),
)
export const agreementsResponse = pageSchema(agreementResponse)
