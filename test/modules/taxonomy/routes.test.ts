import { describe, expect, it } from 'vitest'
import { taxonomies, taxonomyNames } from '../../../src/modules/taxonomy/index.ts'
import { taxonomyResponse, taxonomySummaryResponse } from '../../../src/modules/taxonomy/schemas.ts'
import { useTestApi } from '../identity/api.ts'

const api = useTestApi()

describe('GET /v1/taxonomies', () => {
  it('lists every set without its terms to anybody', async () => {
    const { status, body } = await api.call('GET', '/v1/taxonomies')
    expect(status).toBe(200)
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual([...taxonomyNames])
    for (const summary of body.data) expect(taxonomySummaryResponse.strict().safeParse(summary).error).toBeUndefined()
  })

  it('refuses unknown query parameters', async () => {
    expect((await api.call('GET', '/v1/taxonomies?limit=5')).status).toBe(400)
  })
})

describe('GET /v1/taxonomies/{name}', () => {
  it.each([...taxonomyNames])('serves every member of every term of %s', async (name) => {
    const { status, body } = await api.call('GET', `/v1/taxonomies/${name}`)
    expect(status).toBe(200)
    expect(taxonomyResponse.safeParse(body).success).toBe(true)
    expect(body).toEqual(JSON.parse(JSON.stringify(taxonomies.get(name))))
  })

  it('leaves only the children of a parent', async () => {
    const { body } = await api.call('GET', '/v1/taxonomies/regions?parent=330200')
    expect(body.terms.length).toBeGreaterThan(3)
    expect(new Set(body.terms.map(({ parent }: { parent: string }) => parent))).toEqual(new Set(['330200']))
  })

  it('refuses an unknown parent instead of answering an empty list', async () => {
    const { status, body } = await api.call('GET', '/v1/taxonomies/regions?parent=990000')
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ location: 'query', pointer: '#/parent', code: 'unknown_code' }])
  })

  it('answers 404 for an unknown set', async () => {
    expect((await api.call('GET', '/v1/taxonomies/planets')).body.code).toBe('NOT_FOUND')
  })

  it('refuses a wrong token even though the route is public', async () => {
    expect((await api.call('GET', '/v1/taxonomies/trl', { as: 'ttm_access_wrong-wrong-wrong' })).status).toBe(401)
  })
})
