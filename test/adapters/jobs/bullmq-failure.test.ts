import { describe, expect, it } from 'vitest'
import { keepableFailure } from '../../../src/adapters/jobs/bullmq-failure.ts'

describe('keepableFailure', () => {
  it('keeps the message and the place of an ordinary error', () => {
    const kept = keepableFailure(new Error('the listing has no sector'))
    expect(kept.message).toBe('the listing has no sector')
    expect(kept.stack).toMatch(/^the listing has no sector\n\s+at /)
  })

  it.each([
    [
      'a database error',
      Object.assign(new Error('Key (email)=(a@b.cn) already exists'), { code: '23505' }),
      /^database error 23505$/,
    ],
    [
      'one below a wrapper',
      new Error('Failed query: insert', { cause: Object.assign(new Error('a@b.cn'), { code: '22P02' }) }),
      /^database error 22P02$/,
    ],
    ['a statement without a code', new Error(`Failed query: select\nparams: a@b.cn`), /^database error$/],
    ['something that is no error', 'a@b.cn', /no Error/],
  ])('keeps no value of %s, in the message or the stack', (_, error, message) => {
    const kept = keepableFailure(error)
    expect(kept.message).toMatch(message)
    expect(kept.stack).not.toContain('a@b.cn')
  })

  it('keeps at most 300 characters', () => {
    expect(keepableFailure(new Error('x'.repeat(5_000))).message).toHaveLength(300)
  })
})
