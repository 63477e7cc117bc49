import { describe, expect, it } from 'vitest'
import {
  ancestorsOf,
  enclosingTerm,
  isKnownCode,
  isReasonFor,
  nearestCode,
  termOf,
} from '../../../../src/modules/taxonomy/domain/lookup.ts'
import { taxonomies } from '../../../../src/modules/taxonomy/domain/taxonomies.ts'

describe('isKnownCode and termOf', () => {
  it('know a code by its exact spelling only', () => {
    expect(isKnownCode('industries', 'A01')).toBe(true)
    expect(isKnownCode('industries', 'A1')).toBe(false)
    expect(isKnownCode('fields', 'constructor')).toBe(false)
    expect(termOf('regions', '330206')?.zh).toBe('北仑区')
    expect(termOf('regions', '999999')).toBeUndefined()
  })

  it('still know a division that is no longer given', () => {
    expect(termOf('regions', '430521')).toMatchObject({ zh: '邵东县', to: '2019-07-02' })
  })
})

describe('enclosingTerm', () => {
  it.each([
    ['ipc', 'H01M10/0525', 'H01'],
    ['ipc', 'H01M', 'H01'],
    ['ipc', 'H01', 'H01'],
    ['industries', 'C3841', 'C38'],
    ['regions', '440305', '440300'],
    ['regions', '429004', '429004'],
    ['regions', '469001', '460000'],
  ] as const)('finds for %s %s the term %s', (name, code, found) => {
    expect(enclosingTerm(name, code)?.code).toBe(found)
  })

  it.each([
    ['ipc', 'Y02E'],
    ['ipc', 'H01 and more'],
    ['regions', '990000'],
    ['regions', '3302'],
    ['industries', 'Z99'],
    ['fields', 'new-materials-2'],
  ] as const)('finds nothing for %s %s', (name, code) => {
    expect(enclosingTerm(name, code)).toBeUndefined()
  })
})

describe('ancestorsOf', () => {
  it.each([
    ['regions', '330206', ['330200', '330000']],
    ['regions', '330000', []],
    ['regions', '440305', ['440300', '440000']],
    ['regions', '429004', ['420000']],
    ['industries', 'C3841', ['C38', 'C']],
    ['ipc', 'H01M10/0525', ['H01', 'H']],
    ['contract-types', 'technology_training', ['technology_service']],
    ['fields', 'unknown', []],
  ] as const)('of %s %s are %j', (name, code, codes) => {
    expect(ancestorsOf(name, code).map((term) => term.code)).toEqual(codes)
  })
})

describe('nearestCode', () => {
  it.each([
    ['fields', 'new_material', 'new-materials'],
    ['fields', '新材料', 'new-materials'],
    ['fields', 'Advanced Manufacturing', 'advanced-manufacturing'],
    ['cooperation-modes', 'exclusive-license', 'exclusive_licence'],
    ['cooperation-modes', '独占许可', 'exclusive_licence'],
    ['finance-product-kinds', 'voucher', 'innovation_voucher'],
    ['industries', 'A1', 'A01'],
    ['industries', '36', 'C36'],
    ['industries', 'c36', 'C36'],
    ['industries', 'C3650', 'C36'],
    ['industries', '汽车制造', 'C36'],
    ['ipc', 'h1', 'H01'],
    ['regions', '330299', '330200'],
    ['regions', '宁波', '330200'],
    ['regions', '北仑', '330206'],
    ['trl', '系统级', '9'],
  ] as const)('for %s "%s" is %s', (name, wrong, meant) => {
    expect(nearestCode(name, wrong)).toBe(meant)
  })

  it('offers the division of today for an old name', () => {
    expect(nearestCode('regions', '赣县')).toBe('360704')
  })

  it.each([
    ['trl', '10'],
    ['regions', '990101'],
    ['regions', ''],
    ['industries', 'Z'],
    ['fields', 'zzz'],
  ] as const)('offers nothing for %s "%s"', (name, wrong) => {
    expect(nearestCode(name, wrong)).toBeUndefined()
  })

  it('gives every code that is in force back', () => {
    for (const [name, taxonomy] of taxonomies) {
      for (const term of taxonomy.terms) if (term.to === undefined) expect(nearestCode(name, term.code)).toBe(term.code)
    }
  })
})

describe('isReasonFor', () => {
  it('allows a code only where the set says so', () => {
    expect(isReasonFor('review_reject', 'indicator_unmet')).toBe(true)
    expect(isReasonFor('listing_return', 'indicator_unmet')).toBe(false)
    expect(isReasonFor('listing_return', 'confidential_text_in_teaser')).toBe(true)
    expect(isReasonFor('review_reject', 'unknown')).toBe(false)
  })
})
