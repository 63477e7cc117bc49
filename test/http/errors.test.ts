import { describe, expect, it } from 'vitest'
import { problemCatalogue } from '../../src/http/problem-catalogue.ts'
import { errorCodes } from '../../src/kernel/errors.ts'
import { newId } from '../../src/kernel/ids.ts'
import { expectProblem } from '../support/http.ts'
import { tokenOf, usePlatform } from './platform.ts'
import type { FailureKind } from './things.ts'

const platform = usePlatform()
const json = { 'content-type': 'application/json', authorization: `Bearer ${tokenOf('member')}` }

describe('every answer that is not a success', () => {
  it.each(errorCodes)('is a complete problem for %s (API-ERR-1)', async (code) => {
    const response = await platform.client.post('/v1/failures', { code })
    const problem = expectProblem(response, code)
    expect(problem.title).toBe(problemCatalogue[code].title.en)
  })

  it('has a type that leads to a page about the code (API-ERR-1)', async () => {
    for (const code of errorCodes) {
      const problem = expectProblem(await platform.client.post('/v1/failures', { code }), code)
      const page = await platform.client.get(new URL(problem.type).pathname)
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain(problemCatalogue[code].title.zh)
    }
    expectProblem(await platform.client.get('/problems/NO_SUCH_CODE'), 'ROUTE_NOT_FOUND')
  })

  it('is a problem for an unknown route, whatever its method and body', async () => {
    const { app } = platform
    expectProblem(await app.inject({ method: 'GET', url: '/v1/nothing' }), 'ROUTE_NOT_FOUND')
    expectProblem(await app.inject({ method: 'PUT', url: '/nothing', payload: '{', headers: json }), 'ROUTE_NOT_FOUND')
    const xml = { 'content-type': 'text/xml' }
    expectProblem(
      await app.inject({ method: 'POST', url: '/nothing', payload: '<a/>', headers: xml }),
      'ROUTE_NOT_FOUND',
    )
  })

  it('names the allowed methods when the path takes another one (405)', async () => {
    const { app } = platform
    const url = `/v1/things/${newId('demand')}`
    for (const method of ['PUT', 'POST', 'OPTIONS'] as const) {
      const response = await app.inject({ method, url })
      expectProblem(response, 'METHOD_NOT_ALLOWED')
      expect(response.headers.allow).toBe('DELETE, GET, HEAD, PATCH')
    }
    const response = await app.inject({ method: 'DELETE', url: '/livez' })
    expectProblem(response, 'METHOD_NOT_ALLOWED')
    expect(response.headers.allow).toBe('GET, HEAD')
  })

  it('keeps HEAD without a body, with the status and headers of GET', async () => {
    const { app } = platform
    const created = await platform.as('member').post('/v1/things', { title: 'A pump' })
    const head = await app.inject({ method: 'HEAD', url: `/v1/things/${created.json().id}` })
    expect(head.statusCode).toBe(200)
    expect(head.headers.etag).toBe('"v1"')
    expect(head.body).toBe('')
    const missing = await app.inject({ method: 'HEAD', url: `/v1/things/${newId('demand')}` })
    expect(missing.statusCode).toBe(404)
    expect(missing.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })
})

describe('a failure of ours', () => {
  const kinds: FailureKind[] = [
    'type_error',
    'syntax_error',
    'not_an_error',
    'statement',
    'missing_table',
    'bad_answer',
  ]

  it.each(kinds)('tells the caller nothing but the request id: %s (API-ERR-3)', async (kind) => {
    const response = await platform.client.post('/v1/failures', { kind })
    const problem = expectProblem(response, 'INTERNAL')
    expect(response.body).not.toMatch(/canary|broken|integer/)
    expect(Object.keys(problem).sort()).toEqual(
      ['code', 'detail', 'instance', 'requestId', 'retryable', 'status', 'title', 'type'].sort(),
    )
  })

  it.each(kinds)('is logged once with the request id, without statement and parameters: %s (LOG-1)', async (kind) => {
    platform.logged.length = 0
    const response = await platform.client.post('/v1/failures', { kind })
    const lines = platform.logged.filter(({ level }) => level === 'error')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.fields).toMatchObject({ requestId: response.headers['x-request-id'], route: '/v1/failures' })
    const text = JSON.stringify(platform.logged)
    expect(text).not.toMatch(/insert into|select \$1|params|canary-(?!parameter|value)/)
    if (kind === 'missing_table') expect(text).not.toContain('canary-parameter')
  })
})

describe('the language of a problem (API-ERR-4)', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN', '未找到'],
    ['en;q=0.5, zh;q=0.9', 'zh-CN', '未找到'],
    ['zh;q=0.2, en', 'en', 'Not found'],
    ['fr, zh-Hans-CN;q=0.1', 'zh-CN', '未找到'],
    ['zh;q=nonsense', 'en', 'Not found'],
    ['*', 'en', 'Not found'],
    [undefined, 'en', 'Not found'],
  ])('follows Accept-Language %s', async (accept, language, title) => {
    const headers: Record<string, string> = accept === undefined ? {} : { 'accept-language': accept }
    const response = await platform.client.get(`/v1/things/${newId('demand')}`, { headers })
    expect(response.headers['content-language']).toBe(language)
    expect(expectProblem(response, 'NOT_FOUND')).toMatchObject({ title, code: 'NOT_FOUND' })
    expect(response.headers.vary).toContain('Accept-Language')
  })

  it('reaches the messages of single fields', async () => {
    const send = (language: string) =>
      platform.as('member').post('/v1/things', { titel: 'x' }, { headers: { 'accept-language': language } })
    const [zh, en] = await Promise.all([send('zh'), send('en')])
    const messages = expectProblem(zh, 'VALIDATION_FAILED').errors?.map(({ message }) => message)
    expect(messages?.join()).toMatch(/无效输入/)
    expect(expectProblem(en, 'VALIDATION_FAILED').errors?.map(({ code }) => code)).toEqual(
      expectProblem(zh, 'VALIDATION_FAILED').errors?.map(({ code }) => code),
    )
  })
})
