import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { text } from '../listings/index.ts'

const amount = z.number().min(0).max(1e15)
const digits = z.int().min(0).max(6)
const shared = {
  name: text(120),
  digits: digits.default(2).meta({ description: 'Digits behind the point of the amounts; the rest is rounding.' }),
  rateDigits: digits.default(2),
}
const rate = { ratePercent: z.number().min(-1e6).max(1e6).meta({ description: 'As it was reported.' }) }
const whole = amount.gt(0)

const growth = z
  .strictObject({
    kind: z.literal('growth'),
    ...shared,
    value: amount,
    increase: z.number().min(-1e15).max(1e15),
    ...rate,
  })
  .refine(({ value, increase }) => value - increase > 1, {
    error: 'must leave more than 1 before the increase',
    path: ['value'],
  })

/** What figures of others say of each other. */
export const relationSchema = defineSchema(
  'ReportedRelation',
  z.discriminatedUnion('kind', [
    growth,
    z.strictObject({ kind: z.literal('share'), ...shared, part: amount, whole, ...rate }),
    z.strictObject({ kind: z.literal('sum'), ...shared, parts: z.array(amount).min(1).max(100), total: amount }),
    z.strictObject({ kind: z.literal('average'), ...shared, total: amount, count: z.int().min(1), average: amount }),
    z.strictObject({ kind: z.literal('at_most'), ...shared, part: amount, whole: amount }),
  ]),
)

export const checkedRelation = defineSchema(
  'CheckedRelation',
  z.object({
    name: z.string(),
    kind: z.enum(['growth', 'share', 'sum', 'average', 'at_most']),
    isConsistent: z.boolean(),
    reported: z.number(),
    recomputed: z.number().meta({ description: 'What follows from the other figures; for at_most, the bound.' }),
    difference: z.number(),
  }),
)
