import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { organisationKinds } from '../../../../src/kernel/principal.ts'
import { taxonomies } from '../../../../src/modules/taxonomy/domain/taxonomies.ts'
import {
  reasonUses,
  type TaxonomyName,
  type Term,
  taxonomyNames,
} from '../../../../src/modules/taxonomy/domain/taxonomy.ts'

function termsOf(name: TaxonomyName): readonly Term[] {
  return taxonomies.get(name)?.terms ?? []
}
function codesOf(name: TaxonomyName): string[] {
  return termsOf(name).map((term) => term.code)
}
const isoDate = /^\d{4}-\d{2}-\d{2}$/

describe('the reference sets', () => {
  it('are exactly the files of seeds/reference, besides those that hold rules and texts of one module', () => {
    const others = ['synonyms.json', 'contract-classification.json', 'nda-texts.json', 'lpr.json']
    const files = readdirSync(new URL('../../../../seeds/reference/', import.meta.url)).filter(
      (file) => file.endsWith('.json') && !others.includes(file),
    )
    expect(files.map((file) => file.replace('.json', '')).sort()).toEqual([...taxonomyNames].sort())
  })

  describe.each([...taxonomies])('%s', (name, taxonomy) => {
    it('names itself, its source, edition and date', () => {
      expect(taxonomy.name).toBe(name)
      expect(taxonomy.title.zh).not.toBe('')
      expect(taxonomy.title.en).not.toBe('')
      expect(taxonomy.source).not.toBe('')
      expect(taxonomy.edition).not.toBe('')
      expect(taxonomy.date).toMatch(isoDate)
    })

    it('gives every code once', () => {
      const codes = codesOf(name)
      expect(codes.length).toBeGreaterThan(0)
      expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([])
    })

    it('lists a parent before its children', () => {
      const seen = new Set<string>()
      for (const term of taxonomy.terms) {
        if (term.parent !== undefined) expect(seen, term.code).toContain(term.parent)
        seen.add(term.code)
      }
    })

    it('has a Chinese and an English title for every term, without stray spaces', () => {
      const untidy = taxonomy.terms
        .flatMap((term) => [term.zh, term.en])
        .filter((title) => title === '' || title !== title.trim())
      expect(untidy).toEqual([])
    })

    it('dates terms in order', () => {
      const dates = taxonomy.terms.flatMap((term) => [term.from, term.to]).filter((date) => date !== undefined)
      expect(dates.filter((date) => !isoDate.test(date))).toEqual([])
      const backwards = taxonomy.terms.filter((term) => (term.from ?? '') >= (term.to ?? '9999'))
      expect(backwards).toEqual([])
    })
  })
})

describe('single sets', () => {
  it('has the 8 high-tech fields under the codes of the API', () => {
    expect(codesOf('fields')).toEqual([
      'electronic-information',
      'biomedicine',
      'aerospace',
      'new-materials',
      'high-tech-services',
      'new-energy',
      'resources-environment',
      'advanced-manufacturing',
    ])
  })

  it('has the 9 strategic industries under the codes of the API', () => {
    expect(codesOf('strategic-industries')).toEqual([
      'next-generation-it',
      'high-end-equipment',
      'new-materials',
      'biology',
      'new-energy-vehicles',
      'new-energy',
      'energy-saving-environment',
      'digital-creative',
      'related-services',
    ])
  })

  it('has the 20 sections and 97 divisions of GB/T 4754-2017, numbered without a gap and with leading zeros', () => {
    const sections = termsOf('industries').filter((term) => term.parent === undefined)
    const divisions = termsOf('industries').filter((term) => term.parent !== undefined)
    expect(sections.map((term) => term.code).join('')).toBe('ABCDEFGHIJKLMNOPQRST')
    expect(divisions.map((term) => term.code.slice(1))).toEqual(
      Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')),
    )
    for (const division of divisions) expect(division.code.charAt(0)).toBe(division.parent)
    expect(codesOf('industries')).toEqual(expect.arrayContaining(['A01', 'C13', 'C43']))
  })

  it('has TRL 1 to 9, each in plain words', () => {
    expect(codesOf('trl')).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
    for (const term of termsOf('trl')) expect(term.description?.zh).toBeTruthy()
  })

  it('has the 8 sections and 132 classes of the IPC', () => {
    const classes = termsOf('ipc').filter((term) => term.parent !== undefined)
    expect(termsOf('ipc').length - classes.length).toBe(8)
    expect(classes).toHaveLength(132)
    for (const term of classes) expect(term.code).toMatch(new RegExp(`^${term.parent}\\d{2}$`))
  })

  it('has the 34 provincial units and a parent by prefix for everything below', () => {
    const provinces = termsOf('regions').filter((term) => term.parent === undefined)
    expect(provinces).toHaveLength(34)
    for (const term of termsOf('regions')) {
      expect(term.code).toMatch(/^\d{6}$/)
      if (term.parent === undefined) expect(term.code.endsWith('0000')).toBe(true)
      else expect(term.code.startsWith(term.parent.replace(/(00)+$/, '')), term.code).toBe(true)
    }
  })

  it.each([
    ['宁波市', '330200'],
    ['海曙区', '330203'],
    ['北仑区', '330206'],
    ['镇海区', '330211'],
    ['鄞州区', '330212'],
    ['象山县', '330225'],
    ['温州市', '330300'],
    ['龙湾区', '330303'],
    ['南京市', '320100'],
    ['苏州市', '320500'],
    ['赣县区', '360704'],
    ['芜湖市', '340200'],
    ['青岛市', '370200'],
    ['呼和浩特市', '150100'],
    ['东城区', '110101'],
    ['吕梁市', '141100'],
    ['咸宁市', '421200'],
    ['邵东市', '430582'],
  ])('knows %s as %s', (zh, code) => {
    expect(termsOf('regions').find((term) => term.code === code)?.zh).toBe(zh)
  })

  it.each([
    ['32', 13],
    ['33', 11],
    ['36', 11],
  ])('has all prefectures of province %s', (prefix, count) => {
    expect(termsOf('regions').filter((term) => term.parent === `${prefix}0000`)).toHaveLength(count)
  })

  it('names only known contract types as the outcome of a cooperation mode', () => {
    for (const mode of termsOf('cooperation-modes')) {
      if (mode.contractType !== undefined) expect(codesOf('contract-types')).toContain(mode.contractType)
    }
  })

  it('has the five contract types, licences on their own since the Civil Code', () => {
    const types = termsOf('contract-types').filter((term) => term.parent === undefined)
    expect(types.map((term) => term.code)).toEqual([
      'technology_development',
      'technology_transfer',
      'technology_licence',
      'technology_consulting',
      'technology_service',
    ])
    expect(types.find((term) => term.code === 'technology_licence')?.from).toBe('2021-01-01')
  })

  it('says of every reason code where it may be chosen, and gives every place at least four and a way out', () => {
    const reasons = termsOf('reason-codes')
    for (const term of reasons) {
      expect(term.use?.length, term.code).toBeGreaterThan(0)
      expect(reasonUses).toEqual(expect.arrayContaining([...(term.use ?? [])]))
    }
    for (const use of reasonUses) {
      const codes = reasons.filter((term) => term.use?.includes(use)).map((term) => term.code)
      expect(codes.length, use).toBeGreaterThanOrEqual(4)
      expect(codes).toContain('other')
    }
  })

  it('has the kinds of organisation that the kernel knows', () => {
    expect(codesOf('organisation-kinds').sort()).toEqual([...organisationKinds].sort())
  })

  it.each([
    [
      'cooperation-modes',
      'entrusted_development joint_development assignment exclusive_licence sole_licence ordinary_licence open_licence equity consulting technical_service',
    ],
    ['price-modes', 'negotiable range fixed starting_bid open_licence free_licence equity'],
    ['ip-types', 'invention utility_model design software plant_variety know_how pct'],
    ['encumbrances', 'pledge exclusive_licence open_licence dispute'],
    [
      'finance-product-kinds',
      'credit_loan ip_pledge_loan guaranteed_loan interest_subsidy loan_plus_equity equity_fund grant_to_equity insurance leasing innovation_voucher subsidy',
    ],
    ['guarantee-forms', 'none ip_pledge guarantee_company government_fund mortgage personal'],
  ] as const)('has the codes of the API for %s', (name, codes) => {
    expect(codesOf(name)).toEqual(codes.split(' '))
  })
})
