import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keepDeclared } from '../../src/http/declared-fields.ts'

const inner = z.object({ name: z.string(), tags: z.array(z.strictObject({ code: z.string() })).optional() })
const schema = z.object({
  id: z.string(),
  inner,
  many: z.array(inner),
  maybe: inner.nullable(),
  free: z.record(z.string(), z.number()),
  extra: z.looseObject({ known: z.string() }).optional(),
})

const innerValue = fc.record(
  { name: fc.string(), tags: fc.array(fc.record({ code: fc.string() })) },
  { requiredKeys: ['name'] },
)
const value = fc.record({
  id: fc.string(),
  inner: innerValue,
  many: fc.array(innerValue),
  maybe: fc.option(innerValue),
  free: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.integer()),
})

describe('answers that are only trimmed', () => {
  it('are what a full parse by the schema would answer', () => {
    const trim = keepDeclared(schema)
    fc.assert(
      fc.property(value, (body) => {
        expect(trim(body)).toEqual(schema.parse(body))
      }),
    )
  })

  it('lose undeclared fields at every depth', () => {
    const leaky = { name: 'a', tags: [{ code: 'c', secret: 1 }], secret: 1 }
    const body = { id: '1', inner: leaky, many: [leaky], maybe: leaky, free: { any: 1 }, secret: 1 }
    expect(JSON.stringify(keepDeclared(schema)(body))).not.toContain('secret')
  })

  it('keep what a loose object or a map brings', () => {
    const body = {
      id: '1',
      inner: { name: 'a' },
      many: [],
      maybe: null,
      free: { x: 1 },
      extra: { known: 'k', more: 2 },
    }
    expect(keepDeclared(schema)(body)).toEqual(body)
  })
})
