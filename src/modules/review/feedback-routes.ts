import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { type Feedback, leastBrokers } from './domain/feedback.ts'
import { readFeedback } from './read-feedback.ts'

const feedbackResponse = defineSchema(
  'ReviewFeedback',
  z.object({
    reasons: z.array(
      z.object({
        reasonCode: z.string().meta({ description: 'Code of /v1/taxonomies/reason-codes.' }),
        brokers: z.int().meta({ description: 'How many different brokers gave it.' }),
      }),
    ),
    isMoreWithheld: z.boolean().meta({ description: 'Whether there are reasons that too few brokers gave.' }),
    leastBrokers: z.int(),
  }),
)

const shared = {
  description: `A reason is shown once ${leastBrokers} brokers gave it. Only for the organisation that owns the listing.`,
  tag: 'Review',
  permission: 'match.read' as const,
  response: feedbackResponse,
  example: {
    response: {
      reasons: [
        { reasonCode: 'maturity_too_low', brokers: 7 },
        { reasonCode: 'price_too_high', brokers: 3 },
      ],
      isMoreWithheld: true,
      leastBrokers,
    },
  },
}

/** What the owner of a listing learns from rejections. */
export function feedbackRoutes(api: Api): void {
  api.get('/v1/demands/:id/feedback', {
    ...shared,
    operationId: 'getDemandFeedback',
    summary: 'Why brokers rejected matches of your demand',
    params: z.object({ id: idSchema('demand') }),
    handle: async ({ db, actor, params: { id } }) => ({ body: present(await readFeedback({ db }, actor, id)) }),
  })
  api.get('/v1/supplies/:id/feedback', {
    ...shared,
    operationId: 'getSupplyFeedback',
    summary: 'Why brokers rejected matches of your supply',
    params: z.object({ id: idSchema('supply') }),
    handle: async ({ db, actor, params: { id } }) => ({ body: present(await readFeedback({ db }, actor, id)) }),
  })
}

function present(feedback: Feedback) {
  return { ...feedback, leastBrokers }
}
