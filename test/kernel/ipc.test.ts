import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ipcSchema, parseIpc } from '../../src/kernel/ipc.ts'

const place = fc.record({
  section: fc.constantFrom(...'ABCDEFGH'),
  classNumber: fc.integer({ min: 1, max: 99 }).map((number) => String(number).padStart(2, '0')),
  letter: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  group: fc.integer({ min: 1, max: 9999 }).map(String),
  subgroup: fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(2, '0')),
})

function keyOf(text: string): string {
  const parsed = parseIpc(text)
  return parsed.ok ? parsed.sortKey : ''
}

describe('parseIpc', () => {
  it('reads a full symbol into its levels', () => {
    expect(parseIpc('H01M 10/0525')).toEqual({
      ok: true,
      section: 'H',
      class: 'H01',
      subclass: 'H01M',
      mainGroup: '10',
      subgroup: '0525',
      normalised: 'H01M10/0525',
      sortKey: 'H01M0010052500',
    })
  })

  it('reads a subclass alone', () => {
    expect(parseIpc('H01M')).toEqual({
      ok: true,
      section: 'H',
      class: 'H01',
      subclass: 'H01M',
      normalised: 'H01M',
      sortKey: 'H01M0000000000',
    })
  })

  it.each([
    ['B62D21/00', 'B62D21/00', 'B62D0021000000'],
    ['B29K 105/00', 'B29K105/00', 'B29K0105000000'],
    ['ｈ０１ｍ　１０／０５２５', 'H01M10/0525', 'H01M0010052500'],
    ['H01M 0010/052500', 'H01M10/0525', 'H01M0010052500'],
  ])('normalises %s', (text, normalised, sortKey) => {
    expect(parseIpc(text)).toMatchObject({ ok: true, normalised, sortKey })
  })

  it.each([
    ['Y02E 60/10', 'section'],
    ['', 'section'],
    ['H', 'class'],
    ['H00M', 'class'],
    ['H01', 'subclass'],
    ['H01M10', 'form'],
    ['H01MX', 'form'],
    ['H01M 0/00', 'main_group'],
    ['H01M 12345/00', 'main_group'],
    ['H01M 10/5', 'subgroup'],
    ['H01M 10/1234567', 'subgroup'],
  ])('refuses "%s" for its %s', (text, reason) => {
    expect(parseIpc(text)).toEqual({ ok: false, reason })
  })

  it('gives the same symbol when its own spelling is read again', () => {
    fc.assert(
      fc.property(place, ({ section, classNumber, letter, group, subgroup }) => {
        const first = parseIpc(`${section}${classNumber}${letter} ${group}/${subgroup}`)
        expect(first.ok).toBe(true)
        expect(first.ok && parseIpc(first.normalised)).toEqual(first)
      }),
    )
  })

  it('gives a sort key of 14 characters whose prefixes are section, class, subclass and main group', () => {
    fc.assert(
      fc.property(place, ({ section, classNumber, letter, group, subgroup }) => {
        const subclass = section + classNumber + letter
        const key = keyOf(`${subclass}${group}/${subgroup}`)
        expect(key).toHaveLength(14)
        expect(key.slice(0, 4)).toBe(subclass)
        expect(key.slice(0, 8)).toBe(keyOf(`${subclass}${group}/00`).slice(0, 8))
        expect(keyOf(subclass) < keyOf(`${subclass}${group}/00`)).toBe(true)
        expect(keyOf(`${subclass}${group}/00`) <= key).toBe(true)
      }),
    )
  })

  it('sorts main groups by number, not by first digit', () => {
    expect(keyOf('H01M 4/00') < keyOf('H01M 10/00')).toBe(true)
  })
})

describe('ipcSchema', () => {
  it('yields the normalised symbol', () => {
    expect(ipcSchema.parse('h01m 10/0525')).toBe('H01M10/0525')
  })

  it('explains what is wrong by the rule', () => {
    const message = ipcSchema.safeParse('H01').error?.issues[0]?.message
    expect(message).toContain('WIPO ST.8')
    expect(message).toContain('subclass')
  })
})
