import { describe, expect, it } from 'vitest'
import { findNdaText, isInForce, maySign, ndaTexts } from '../../../../src/modules/introductions/domain/nda.ts'
import { ndaHash } from '../../../../src/modules/introductions/nda-hash.ts'

const [text] = ndaTexts

describe('the non-disclosure texts', () => {
  it('have each a version of their own, both languages, and one that is in force', () => {
    expect(new Set(ndaTexts.map(({ version }) => version)).size).toBe(ndaTexts.length)
    for (const { zh, en, title } of ndaTexts) expect([zh, en, title.zh, title.en].every(Boolean)).toBe(true)
    expect(ndaTexts.filter((one) => isInForce(one, '2026-11-20'))).toHaveLength(1)
    expect(findNdaText('1999-01')).toBeUndefined()
  })

  it('that were signed never change: the hash of each version is known', () => {
    expect(Object.fromEntries(ndaTexts.map((one) => [one.version, ndaHash(one)]))).toEqual({
      '2026-01': '234c5e5d4c15f8ea8fb036d8b17e61ca3566281399fd8d4f964ee978ec5989ba',
    })
  })

  it('are signed in force, or as the other side has signed', () => {
    if (text === undefined) throw new Error('there is no text')
    expect(maySign(text, '2025-12-31', undefined)).toBe(false)
    expect(maySign(text, '2026-01-01', undefined)).toBe(true)
    expect(maySign({ ...text, to: '2026-06-30' }, '2026-07-01', undefined)).toBe(false)
    expect(maySign({ ...text, to: '2026-06-30' }, '2026-07-01', text.version)).toBe(true)
    expect(maySign(text, '2026-07-01', 'another')).toBe(false)
  })
})
