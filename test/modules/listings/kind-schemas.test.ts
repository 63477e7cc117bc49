import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { demoData } from '../../../seeds/demo-data.ts'
import type { ListingKindDefinition } from '../../../src/modules/listings/index.ts'
import { schemasOf, toInput } from '../../../src/modules/listings/kind-schemas.ts'
import { confidentialShape, sharedShape, stateShape } from '../../../src/modules/listings/schemas.ts'
import { testClock } from '../../support/clock.ts'
import { bodyOf } from '../../support/given.ts'
import { allKinds, listingKinds } from './kinds.ts'
import { listingApiRoutes } from './listing-api.ts'

const issuesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('the demo listings', () => {
  const all = [
    ...demoData.supplies.map((demo) => [demo, listingKinds.supply] as const),
    ...demoData.demands.map((demo) => [demo, listingKinds.demand] as const),
    ...demoData.financeProducts.map((demo) => [demo, listingKinds.finance_product] as const),
  ]

  it('are 232, and all are valid create bodies', () => {
    const faults = all.flatMap(([{ key, listing }, definition]) =>
      issuesOf(schemasOf(definition).createBody, listing).map((issue) => `${key}: ${issue}`),
    )
    expect(faults).toEqual([])
    expect(all).toHaveLength(232)
  })

  it('are complete enough to be published', () => {
    const missing = all.flatMap(([{ key, listing }, definition]) => {
      const { content, details } = toInput(definition, schemasOf(definition).createBody.parse(listing))
      return definition.missingForPublication(content, details).map((field) => `${key}: ${field}`)
    })
    expect(missing).toEqual([])
  })
})

describe('the examples of the documentation', () => {
  it.each(listingApiRoutes(testClock()).map((route) => [route.operationId, route] as const))('%s', (_, route) => {
    if (route.body && route.example.body !== undefined) expect(issuesOf(route.body, route.example.body)).toEqual([])
    if (route.response) expect(issuesOf(route.response, route.example.response)).toEqual([])
  })

  it('have unique operation ids', () => {
    const ids = listingApiRoutes(testClock()).map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe.each(allKinds.map((definition) => [definition.label, definition] as const))(
  'the schemas of a %s',
  (...kind) => {
    const definition: ListingKindDefinition = kind[1]
    const { createBody, patchBody } = schemasOf(definition)

    it('take any part of the example as a patch, and null for what a listing can be without', () => {
      for (const [name, value] of Object.entries(definition.example)) {
        if (name === 'market') continue
        expect(issuesOf(patchBody, { [name]: value })).toEqual([])
        const isRequired = issuesOf(createBody, bodyOf(definition, { [name]: null })).length > 0
        const breaksOtherRule = ['priceMinFen', 'priceMaxFen'].includes(name)
        if (!breaksOtherRule) expect(issuesOf(patchBody, { [name]: null }).length > 0).toBe(isRequired)
      }
      expect(issuesOf(patchBody, {})).toEqual([])
    })

    it('keep the home market out of a patch', () => {
      expect(issuesOf(patchBody, { market: 'jiangsu' })).toHaveLength(1)
    })

    it('name teaser fields that exist', () => {
      expect(Object.keys(definition.detailShape)).toEqual(expect.arrayContaining([...definition.teaserDetails]))
    })

    it('give no field of the kind the name of a field that all listings have', () => {
      const shared = Object.keys({ ...sharedShape, ...confidentialShape, ...stateShape })
      expect(Object.keys(definition.detailShape).filter((name) => shared.includes(name))).toEqual([])
    })
  },
)
