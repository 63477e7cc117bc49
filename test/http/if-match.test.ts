import { describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { expectProblem } from '../support/http.ts'
import { usePlatform } from './platform.ts'

const platform = usePlatform()
const ifMatch = (etag: string) => ({ headers: { 'if-match': etag } })

async function aThing(): Promise<string> {
  const created = await platform.as('member').post('/v1/things', { title: 'A pump' })
  return `/v1/things/${created.json().id}`
}

describe('If-Match', () => {
  it('is required where a change could overwrite another one (API-ETAG-2)', async () => {
    expectProblem(await platform.as('member').patch(await aThing(), { title: 'New' }), 'PRECONDITION_REQUIRED')
  })

  it('lets the version that was read pass and answers with the next one (API-ETAG-1)', async () => {
    const url = await aThing()
    const { etag } = (await platform.client.get(url)).headers
    const changed = await platform.as('member').patch(url, { title: 'New' }, ifMatch(String(etag)))
    expect(changed.statusCode).toBe(200)
    expect(changed.headers.etag).toBe('"v2"')
    expect((await platform.client.get(url)).headers.etag).toBe('"v2"')
  })

  it('of an old version is refused with the current ETag (API-ETAG-2)', async () => {
    const url = await aThing()
    await platform.as('member').patch(url, { title: 'New' }, ifMatch('"v1"'))
    const late = await platform.as('member').patch(url, { title: 'Late' }, ifMatch('"v1"'))
    expectProblem(late, 'PRECONDITION_FAILED')
    expect(late.headers.etag).toBe('"v2"')
    expect((await platform.client.get(url)).json().title).toBe('New')
  })

  it.each(['W/"v1"', 'v1', '"v1", "v2"', '*', '""', '"v-1"', '"v99999999999"', '"x1"'])(
    'must be one strong ETag of ours, not %s',
    async (etag) => {
      const response = await platform.as('member').patch(await aThing(), { title: 'New' }, ifMatch(etag))
      const { errors } = expectProblem(response, 'VALIDATION_FAILED')
      expect(errors).toMatchObject([{ location: 'header', pointer: '#/if-match' }])
    },
  )

  it('of a thing that does not exist answers 404, not 412', async () => {
    const url = `/v1/things/${newId('demand')}`
    expectProblem(await platform.as('member').patch(url, { title: 'New' }, ifMatch('"v1"')), 'NOT_FOUND')
  })

  it('lets exactly one of 20 parallel changes through (API-ETAG-3)', async () => {
    const url = await aThing()
    const sent = Array.from({ length: 20 }, (_, index) =>
      platform.as('member').patch(url, { title: `Version ${index}` }, ifMatch('"v1"')),
    )
    const answers = await Promise.all(sent)
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(19).fill(412)])
    const winner = answers.find(({ statusCode }) => statusCode === 200)
    expect((await platform.client.get(url)).json()).toEqual(winner?.json())
  })
})

describe('If-None-Match', () => {
  it.each(['"v1"', 'W/"v1"', '"v7", "v1"', '*'])(
    '%s on the current version answers 304 without a body',
    async (etag) => {
      const response = await platform.client.get(await aThing(), { headers: { 'if-none-match': etag } })
      expect(response.statusCode).toBe(304)
      expect(response.body).toBe('')
      expect(response.headers.etag).toBe('"v1"')
      expect(response.headers.vary).toContain('Authorization')
    },
  )

  it.each(['"v2"', '"v1.teaser"', 'v1'])('%s on another version answers in full', async (etag) => {
    const response = await platform.client.get(await aThing(), { headers: { 'if-none-match': etag } })
    expect(response.statusCode).toBe(200)
    expect(response.json().title).toBe('A pump')
  })

  it('works for HEAD, too', async () => {
    const headers = { 'if-none-match': '"v1"' }
    expect((await platform.app.inject({ method: 'HEAD', url: await aThing(), headers })).statusCode).toBe(304)
  })
})

describe('a route without a response', () => {
  it('answers 204 without body and type', async () => {
    const response = await platform.as('member').delete(await aThing())
    expect(response.statusCode).toBe(204)
    expect(response.body).toBe('')
    expect(response.headers['content-type']).toBeUndefined()
  })
})

describe('a response', () => {
  it('holds only what its schema names (API3)', async () => {
    const created = await platform.as('member').post('/v1/things', { title: 'A pump' })
    expect(Object.keys(created.json()).sort()).toEqual(['createdBy', 'id', 'parts', 'title'])
  })
})
