import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonPasswords } from '../../../../src/modules/identity/domain/common-passwords.ts'
import { passwordFault } from '../../../../src/modules/identity/domain/password-policy.ts'

const email = 'li@example.com'
const codeOf = (password: string) => passwordFault(password, email)?.code

describe('passwordFault', () => {
  it('asks for length alone: no digit, capital or sign is needed', () => {
    expect(codeOf('staples in a meadow')).toBeUndefined()
    expect(codeOf('三十六根木桩在草地上')).toBeUndefined()
  })

  it('counts characters, not UTF-16 units', () => {
    expect(codeOf('🔑🌿🐝🪵')).toBe('too_short')
    expect(codeOf('🔑🌿🐝🪵🔑🌿🐝')).toBe('too_short')
    expect(codeOf('🔑🌿🐝🪵🔑🌿🐝🪵')).toBeUndefined()
  })

  it('takes 8 and 128 characters and refuses 7 and 129', () => {
    const text = 'abcdefghijklmnop'.repeat(9)
    expect([7, 8, 128, 129].map((length) => codeOf(`${text.slice(1, length)}!`))).toEqual([
      'too_short',
      undefined,
      undefined,
      'too_long',
    ])
  })

  it('refuses every listed password in any case and width', () => {
    expect(commonPasswords.size).toBeGreaterThanOrEqual(200)
    for (const common of commonPasswords) {
      expect(common.length, common).toBeGreaterThanOrEqual(8)
      expect(codeOf(common.toUpperCase()), common).toBe('too_common')
    }
    expect(codeOf('Ｐａｓｓｗｏｒｄ１２３')).toBe('too_common')
  })

  it('refuses one character repeated, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...'aZ0 好!'), fc.integer({ min: 8, max: 128 }), (character, times) => {
        expect(codeOf(character.repeat(times))).toBe('too_common')
      }),
    )
  })

  it('refuses the e-mail address in any case', () => {
    expect(codeOf('Li@Example.com')).toBe('equals_email')
  })
})
