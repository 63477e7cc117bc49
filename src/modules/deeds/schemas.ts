import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { deedKinds } from './domain/deed.ts'

export const listDeedsQuery = z.object({ ...pageQuery, kind: z.enum(deedKinds).optional() })

const action = z.string().meta({
  description:
    'decision: approve, reject, escalate; introduction: opened, accepted, declined, closed, handed_over, taken_over; deal: open, attribute, and the actions of its stages.',
})

export const deedResponse = defineSchema(
  'BrokerDeed',
  z.object({
    id: idSchema('event'),
    kind: z.enum(deedKinds),
    action,
    market: z.string(),
    objectId: z.string().meta({ description: 'The review item, introduction or deal.' }),
    shareBp: z.int().optional().meta({
      description: 'Deals: part of the commission at that time, in basis points; 0 when it was taken away.',
    }),
    at: z.iso.datetime(),
  }),
)
export const deedsResponse = pageSchema(deedResponse)

const count = z.int().min(0)

export const deedTotalsResponse = defineSchema(
  'BrokerDeedTotals',
  z.object({
    counts: z.array(z.object({ kind: z.enum(deedKinds), action, count })),
    attributed: z
      .object({
        intent: z.object({ deals: count, amountFen: count }),
        closed: z.object({ deals: count, contractAmountFen: count, technologyAmountFen: count, commissionFen: count }),
      })
      .meta({
        description:
          'Deals as they stand: amounts in proportion to the broker’s share, rounded down to the fen for each deal. Intent and closed are different things and have no sum. `commissionFen` is what the deals keep for the broker.',
      }),
    asOf: z.iso.datetime(),
  }),
)
