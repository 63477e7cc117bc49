import { describe, expect, it } from 'vitest'
import { assert, assertNever, impossible } from '../../src/kernel/assert.ts'
import { AppError, errorCodes, invalidField, notFound } from '../../src/kernel/errors.ts'

describe('AppError', () => {
  it('carries code, message and extras; the cause is no part of what is shown', () => {
    const cause = new Error('row 17 of table secrets')
    const error = new AppError('RATE_LIMITED', 'Too many requests.', { headers: { 'retry-after': '5' }, cause })

    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      message: 'Too many requests.',
      headers: { 'retry-after': '5' },
    })
    expect(error.cause).toBe(cause)
    expect(JSON.stringify(error)).not.toContain('secrets')
    expect(error.message).not.toContain('secrets')
  })

  it('answers alike for what is missing and what may not be seen', () => {
    expect(notFound('demand')).toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no such demand, or you may not see it.',
      details: undefined,
      errors: undefined,
    })
  })

  it('points at the field that is wrong', () => {
    expect(invalidField('#/uscc', 'checksum', 'wrong check digit').errors).toEqual([
      { location: 'body', pointer: '#/uscc', code: 'checksum', message: 'wrong check digit' },
    ])
  })
})

describe('the error codes', () => {
  it('are unique and written in upper snake case', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
    expect(errorCodes.filter((code) => !/^[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([])
  })
})

describe('assert', () => {
  it.each([false, undefined, null, 0, ''])('refuses %j with the code', (condition) => {
    expect(() => assert(condition, 'FORBIDDEN', 'Not yours.')).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', message: 'Not yours.' }),
    )
  })

  it('lets everything else pass', () => {
    expect(() => assert('yes', 'FORBIDDEN', 'Not yours.')).not.toThrow()
  })

  it('tells refusals from bugs: a bug is no AppError', () => {
    expect(() => impossible('two winners')).toThrow('impossible: two winners')
    expect(() => assertNever('surprise' as never)).toThrow('impossible: unhandled value "surprise"')
    expect(() => impossible('x')).not.toThrow(AppError)
  })
})
