import { describe, expect, it } from 'vitest'
import { classify, shippedRules, traitCodes, versionOn } from '../../../../src/modules/deals/domain/classification.ts'
import { isKnownCode, termOf } from '../../../../src/modules/taxonomy/index.ts'

const by = (traits: string[], day = '2026-03-02') => classify({ text: '', traits }, day)

describe('the rules', () => {
  it('follow each other without a gap or an overlap', () => {
    const { versions } = shippedRules
    for (const [index, { to }] of versions.entries()) {
      const next = versions[index + 1]
      if (next) expect(Date.parse(next.from) - Date.parse(to ?? '')).toBe(86_400_000)
      else expect(to).toBeUndefined()
    }
  })

  it('name known types that were in force, and known traits', () => {
    for (const { from, excluded, types } of shippedRules.versions) {
      for (const trait of [...excluded, ...types.flatMap(({ when }) => when)]) expect(traitCodes).toContain(trait)
      for (const { type } of types) {
        expect(isKnownCode('contract-types', type), type).toBe(true)
        expect(String(termOf('contract-types', type)?.from) <= from, `${type} on ${from}`).toBe(true)
      }
    }
  })

  it('change on 23 January 2026, by the day of signing', () => {
    expect(versionOn('2026-01-22')?.version).toBe('2001-civil-code')
    expect(versionOn('2026-01-23')?.version).toBe('2026')
    expect(versionOn('2001-07-17')).toBeUndefined()
  })
})

describe('a contract', () => {
  it('that licenses a patent is a licence, and was a transfer before the Civil Code', () => {
    expect(by(['licenses_patent'])).toMatchObject({ outcome: 'proposed', type: 'patent_licence', ruleVersion: '2026' })
    expect(by(['licenses_patent'], '2020-06-01')).toMatchObject({ type: 'technology_transfer', ruleVersion: '2001' })
  })

  it('is of the first type that fits, and names the others', () => {
    expect(by(['trains', 'develops_new_technology'])).toMatchObject({
      type: 'entrusted_development',
      alternatives: ['technology_training'],
      grounds: [{ trait: 'develops_new_technology', from: 'declared' }],
    })
  })

  it.each(['plain_sale', 'processing', 'repair', 'routine_testing', 'advertising'])(
    'that is nothing but %s is refused',
    (trait) => {
      expect(by([trait])).toMatchObject({ outcome: 'excluded', grounds: [{ trait }] })
    },
  )

  it('with goods beside its technology is not refused: the goods come off the amounts', () => {
    expect(by(['plain_sale', 'licenses_know_how'])).toMatchObject({ outcome: 'proposed', type: 'know_how_licence' })
  })

  it('is read from its words where nobody declared anything, with the words as grounds', () => {
    const read = classify({ text: '双电机壳体压铸专利实施许可及人员培训', traits: [] }, '2026-03-02')
    expect(read).toMatchObject({ outcome: 'proposed', type: 'patent_licence', alternatives: ['technology_training'] })
    expect(read?.grounds).toEqual([expect.objectContaining({ from: 'text', words: ['专利实施许可'] })])
    expect(classify({ text: '年度设备采购', traits: [] }, '2026-03-02')?.outcome).toBe('excluded')
    expect(classify({ text: '战略合作', traits: [] }, '2026-03-02')?.outcome).toBe('unclear')
  })

  it('is judged by declared traits even against its words', () => {
    const declared = classify({ text: '设备采购', traits: ['develops_jointly'] }, '2026-03-02')
    expect(declared).toMatchObject({ outcome: 'proposed', type: 'cooperative_development' })
  })
})
