import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { validateParts } from '../../src/http/validate.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { expectProblem } from '../support/http.ts'
import { tokenOf, usePlatform } from './platform.ts'

const platform = usePlatform()
const anyText = fc.string({ unit: 'binary', maxLength: 20 })

describe('any JSON value', () => {
  it('as a body gives a success or a refusal, never a failure of ours', async () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        anyText,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(anyText, fc.constantFrom('title', 'parts', 'labels', '__proto__')), tie('value')),
      ),
    })).value
    const like = fc.oneof(value, fc.record({ title: anyText, parts: value, labels: fc.dictionary(anyText, anyText) }))
    await fc.assert(
      fc.asyncProperty(like, async (body) => {
        const response = await send('POST', '/v1/things', body)
        expect([201, 400], response.body).toContain(response.statusCode)
        if (response.statusCode === 400) expectProblem(response, JSON.parse(response.body).code)
      }),
      { numRuns: 300 },
    )
  })

  it('can be stored once it is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 }), async (document) => {
        const response = await send('PUT', '/v1/documents', { document })
        expect([200, 400], response.body).toContain(response.statusCode)
      }),
      { numRuns: 200 },
    )
  })
})

describe('validateParts', () => {
  const nested = z.strictObject({ list: z.array(z.strictObject({ colour: z.string() }).optional()).nullable() })
  const refusalOf = (schema: z.ZodType, value: unknown) => {
    try {
      validateParts([{ location: 'body', schema, value }])
    } catch (error) {
      if (error instanceof AppError) return error.errors ?? []
      throw error
    }
    return []
  }

  it('returns parsed values in the order of the parts', () => {
    const number = z.string().transform(Number)
    const parts = [
      { location: 'path' as const, schema: number, value: '1' },
      { location: 'query' as const, schema: number, value: '2' },
    ]
    expect(validateParts(parts)).toEqual([1, 2])
  })

  it('finds the hint inside arrays, optional and nullable fields and records', () => {
    expect(refusalOf(nested, { list: [{ colour: 'red', color: 'red' }] })).toMatchObject([
      { pointer: '#/list/0/color', message: 'unknown field "color"; did you mean "colour"?' },
    ])
    const record = z.record(z.string(), z.strictObject({ colour: z.string() }))
    expect(refusalOf(record, { a: { colour: 'red', color: 'red' } })[0]?.message).toContain('did you mean "colour"?')
  })

  it('gives no hint where no name is near', () => {
    expect(refusalOf(z.strictObject({ colour: z.string().optional() }), { toString: 1 })[0]?.message).toBe(
      'unknown field "toString"',
    )
  })

  it('does not run a recursive schema on a value that would overflow the stack', () => {
    const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000))
    expect(refusalOf(z.json(), deep)).toMatchObject([{ code: 'too_deep' }])
  })
})

function send(method: 'POST' | 'PUT', url: string, body: unknown) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokenOf('member')}` }
  return platform.app.inject({ method, url, headers, payload: JSON.stringify(body) })
}
