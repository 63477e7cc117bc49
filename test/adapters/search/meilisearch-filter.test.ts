import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowsNothing, equals, filtersOf, quote } from '../../../src/adapters/search/meilisearch-filter.ts'
import { aQuery } from '../../contracts/search-document.ts'
import { readFilter } from '../../support/meilisearch/filter.ts'

const filterable = new Set(['fields', 'kind'])
const isFound = (condition: string, row: object) => readFilter(condition, filterable)({ ...row })

describe('filters for Meilisearch', () => {
  it.each([
    'x" OR kind = "supply',
    'x\\" OR kind = "supply',
    '"] OR kind = "supply',
    `x' OR kind = 'supply`,
    '\\',
    'supply" OR kind EXISTS OR kind = "',
  ])('read %s as a value and never as a condition', (value) => {
    expect(isFound(equals('fields', value), { kind: 'supply', fields: ['other'] })).toBe(false)
  })

  it('keep any value inside its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const inside = quote(value).slice(1, -1)
        expect(inside.replace(/\\[\s\S]/g, '')).not.toMatch(/["\\]/)
      }),
    )
  })

  it('have no condition for what was not asked', () => {
    expect(filtersOf(aQuery())).toEqual([])
  })

  it('join conditions of every kind', () => {
    const query = aQuery({
      ...{
        kinds: ['supply', 'demand'],
        markets: ['ningbo'],
        region: '33',
        trlMin: 4,
        priceMaxFen: 100,
        trust: 'green',
      },
      ...{ amountMinFen: 5, publishedSince: new Date(7) },
    })
    expect(filtersOf(query)).toEqual([
      ...['kind IN ["supply", "demand"]', 'market IN ["ningbo"]', 'regionPrefixes = "33"', 'trust = "green"'],
      ...['publishedMs >= 7', 'trlTo >= 4', 'priceFrom <= 100', 'priceTo >= 5', 'kind = "finance_product"'],
    ])
  })

  it('know a list without values, which allows nothing', () => {
    expect(allowsNothing(aQuery({ markets: [] }))).toBe(true)
    expect(allowsNothing(aQuery({ markets: ['ningbo'] }))).toBe(false)
  })
})
