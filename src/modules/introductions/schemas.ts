import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { codeOf, text } from '../listings/index.ts'
import { isReasonFor } from '../taxonomy/index.ts'
import { answers, enders, introductionStates } from './domain/introduction.ts'

const note = text(1000).optional().meta({ description: 'To the broker; the other side does not see it.' })

export const answerIntroductionBody = defineSchema(
  'IntroductionResponse',
  z
    .strictObject({
      answer: z.enum(answers),
      reasonCode: codeOf('reason-codes')
        .optional()
        .meta({ description: 'Required to decline; the other side sees it.' }),
      note,
    })
    .superRefine((body, context) => {
      const issue = (field: string, message: string) => {
        context.addIssue({ code: 'custom', path: [field], message, input: body })
      }
      const { answer, reasonCode } = body
      if (answer === 'accept' && reasonCode !== undefined) issue('reasonCode', 'belongs to a decline alone')
      if (answer === 'accept' && body.note !== undefined) issue('note', 'belongs to a decline alone')
      if (answer === 'decline' && reasonCode === undefined) issue('reasonCode', 'is required to decline')
      if (answer === 'decline' && reasonCode !== undefined && !isReasonFor('introduction_decline', reasonCode)) {
        issue('reasonCode', 'is not a reason to decline; see /v1/taxonomies/reason-codes, use introduction_decline')
      }
    }),
)
export type AnswerIntroductionBody = z.output<typeof answerIntroductionBody>

export const endIntroductionBody = z.strictObject({
  reasonCode: codeOf('reason-codes').refine(
    (code) => isReasonFor('deal_drop', code),
    'is not a reason to end a talk; see /v1/taxonomies/reason-codes, use deal_drop',
  ),
  note,
})
export type EndIntroductionBody = z.output<typeof endIntroductionBody>

export const replaceBrokerBody = z.strictObject({
  brokerId: idSchema('user').meta({ description: 'A broker of the market or of one above it; see /v1/brokers.' }),
  reasonCode: codeOf('reason-codes').refine(
    (code) => isReasonFor('broker_replace', code),
    'is not a reason to replace a broker; see /v1/taxonomies/reason-codes, use broker_replace',
  ),
})
export type ReplaceBrokerBody = z.output<typeof replaceBrokerBody>

export const listIntroductionsQuery = z.object({ ...pageQuery, state: z.enum(introductionStates).optional() })
export type ListIntroductionsQuery = z.output<typeof listIntroductionsQuery>

const organisation = z.object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) })
const sideShape = {
  title: z.string(),
  organisation,
  answer: z.enum(answers).optional(),
  answeredAt: z.iso.datetime().optional(),
}
const contact = z.object({ name: z.string(), phone: z.string().optional(), email: z.string().optional() })

const signature = z.object({
  textVersion: z.string(),
  textSha256: z.string(),
  userId: idSchema('user'),
  signedAt: z.iso.datetime(),
})

export const introductionResponse = defineSchema(
  'Introduction',
  z.object({
    id: idSchema('introduction'),
    matchId: idSchema('match'),
    market: z.string(),
    state: z.enum(introductionStates),
    you: z.enum(['demand', 'supply', 'broker', 'operator']).meta({ description: 'How you stand to it.' }),
    demand: z.object({ id: idSchema('demand'), ...sideShape }),
    supply: z.object({ id: idSchema('supply'), ...sideShape }),
    broker: z.object({ id: idSchema('user'), displayName: z.string(), organisation }),
    contacts: z
      .object({ demand: contact, supply: contact })
      .optional()
      .meta({ description: 'Of a single introduction, for both sides and the broker, once both sides have accepted.' }),
    nda: z.object({ demand: signature.optional(), supply: signature.optional() }).optional().meta({
      description: 'Of a single introduction: who has signed. When both have, each reads the other’s detail.',
    }),
    allowedActions: z
      .array(z.enum(['accept', 'decline', 'withdraw', 'sign_nda', 'replace_broker', 'end']))
      .meta({ description: 'What you may do next.' }),
    answerBy: z.iso.datetime().meta({ description: 'Unanswered until then, it ends.' }),
    chases: z.int().meta({ description: 'How often a silent side was reminded.' }),
    acceptedAt: z.iso.datetime().optional(),
    endedBy: z.enum(enders).optional(),
    endedAt: z.iso.datetime().optional(),
    reasonCode: z.string().optional(),
    note: z.string().optional().meta({ description: 'For whoever ended it and for the broker.' }),
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)

export const signNdaBody = z.strictObject({
  textVersion: text(40).meta({
    description: 'A version of /v1/nda-texts that is in force, or that the other side signed.',
  }),
})

export const ndaTextsResponse = z.object({
  data: z.array(
    defineSchema(
      'NdaText',
      z.object({
        version: z.string(),
        title: z.object({ zh: z.string(), en: z.string() }),
        text: z.object({ zh: z.string(), en: z.string() }),
        from: z.iso.date(),
        to: z.iso.date().optional(),
        isInForce: z.boolean(),
        sha256: z.string().meta({ description: 'In hex, of the Chinese text, a line feed and the English text.' }),
      }),
    ),
  ),
})
