import { z } from 'zod'

/** A whole number in a query string. Not z.coerce: that reads an empty string as 0. */
export function queryInt({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .regex(/^\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`)
    .meta({ openapi: { type: 'integer', minimum: min, maximum: max } })
}

export function queryFlag() {
  return z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .meta({ openapi: { type: 'boolean' } })
}

/** A comma-separated list whose items follow `item`. */
export function queryList<T extends string>(item: z.ZodType<T, string>, maxItems = 20) {
  return z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).min(1).max(maxItems))
    .meta({ openapi: { type: 'string', description: 'One or more values, separated by commas.' } })
}
