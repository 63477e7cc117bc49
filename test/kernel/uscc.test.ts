import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkUscc, completeOrganisationCode, completeUscc, usccSchema } from '../../src/kernel/uscc.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const symbol = fc.constantFrom(...alphabet)
const body = fc.array(symbol, { minLength: 17, maxLength: 17 }).map((symbols) => symbols.join(''))

function replaceAt(text: string, index: number, replacement: string): string {
  return text.slice(0, index) + replacement + text.slice(index + replacement.length)
}

describe('checkUscc', () => {
  it.each(['91350100M000100Y43', '91110108551385082Q', '913302060000000860'])(
    'accepts %s without a warning',
    (code) => {
      expect(checkUscc(code)).toEqual({ ok: true, value: code, warnings: [] })
    },
  )

  it("refuses the standard's own example and says which symbol belongs there", () => {
    expect(checkUscc('91350100M000100Y4Z')).toEqual({ ok: false, reason: 'alphabet' })
    expect(checkUscc('91350100M000100Y44')).toEqual({ ok: false, reason: 'check_digit', expected: '3' })
  })

  it('normalises full-width, lower-case and spaced spellings', () => {
    expect(checkUscc(' ９１350100m000100 y43 ')).toMatchObject({ ok: true, value: '91350100M000100Y43' })
  })

  it.each([...'IOSVZ'])('refuses the letter %s, which the alphabet leaves out', (letter) => {
    expect(checkUscc(`91350100${letter}000100Y43`)).toEqual({ ok: false, reason: 'alphabet' })
  })

  it.each(['', '91350100M000100Y4', '91350100M000100Y433'])('refuses "%s" for its length', (code) => {
    expect(checkUscc(code)).toEqual({ ok: false, reason: 'length' })
  })

  it('accepts authorities that are letters, as rural collectives have', () => {
    expect(checkUscc(completeUscc(`N1330206${completeOrganisationCode('MF000001')}`))).toMatchObject({
      ok: true,
      warnings: [],
    })
  })

  it('only warns of an unknown prefix, a division with letters and a wrong inner check symbol', () => {
    expect(checkUscc(completeUscc('Q7A00000000000001'))).toMatchObject({
      ok: true,
      warnings: ['unknown_prefix', 'division_not_digits', 'organisation_code_check_digit'],
    })
  })

  it('says nothing against a division code that no table knows', () => {
    expect(checkUscc(completeUscc(`91999999${completeOrganisationCode('00000001')}`))).toMatchObject({
      ok: true,
      warnings: [],
    })
  })

  it('catches every change of a single symbol', () => {
    fc.assert(
      fc.property(body, fc.nat(17), symbol, (first17, index, replacement) => {
        const code = completeUscc(first17)
        fc.pre(code.charAt(index) !== replacement)
        expect(checkUscc(replaceAt(code, index, replacement)).ok).toBe(false)
      }),
    )
  })

  it('catches every swap of two different neighbours', () => {
    fc.assert(
      fc.property(body, fc.nat(16), (first17, index) => {
        const code = completeUscc(first17)
        const [a, b] = [code.charAt(index), code.charAt(index + 1)]
        fc.pre(a !== b)
        expect(checkUscc(replaceAt(code, index, b + a)).ok).toBe(false)
      }),
    )
  })
})

describe('completeUscc', () => {
  it('always makes a code that validates', () => {
    fc.assert(
      fc.property(body, (first17) => {
        expect(checkUscc(completeUscc(first17))).toMatchObject({ ok: true, value: completeUscc(first17) })
      }),
    )
  })

  it('gives 0, not a 32nd symbol, when the sum is a multiple of 31', () => {
    expect(completeUscc('91330206000000086')).toBe('913302060000000860')
  })

  it('throws on what is not 17 symbols', () => {
    expect(() => completeUscc('9133')).toThrow(RangeError)
    expect(() => completeUscc('9133020600000008I')).toThrow(RangeError)
  })
})

describe('completeOrganisationCode', () => {
  it.each([
    ['M000100Y', 'M000100Y4'],
    ['55138508', '551385082'],
    ['00000008', '000000086'],
  ])('completes %s to %s', (first8, complete) => {
    expect(completeOrganisationCode(first8)).toBe(complete)
  })

  it('throws on what is not eight digits or capitals', () => {
    expect(() => completeOrganisationCode('123')).toThrow(RangeError)
  })
})

describe('usccSchema', () => {
  it('yields the normalised code, and the same again', () => {
    const once = usccSchema.parse('９1350100m000100y43')
    expect(once).toBe('91350100M000100Y43')
    expect(usccSchema.parse(once)).toBe(once)
  })

  it.each([
    ['123', '18 symbols'],
    ['91350100I000100Y43', 'without I, O, S, V and Z'],
    ['91350100M000100Y44', 'must be 3'],
  ])('explains what is wrong with %s by the rule', (code, rule) => {
    const message = usccSchema.safeParse(code).error?.issues[0]?.message
    expect(message).toContain('GB 32100-2015')
    expect(message).toContain(rule)
  })
})
