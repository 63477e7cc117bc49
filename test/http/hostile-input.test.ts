import { describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { expectProblem } from '../support/http.ts'
import { tokenOf, usePlatform } from './platform.ts'

const platform = usePlatform()
const authorization = `Bearer ${tokenOf('member')}`

function sendRaw(payload: string | Buffer, headers: Record<string, string> = {}, url = '/v1/things') {
  return platform.app.inject({
    method: url === '/v1/documents' ? 'PUT' : 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', authorization, ...headers },
  })
}

describe('a body', () => {
  it.each(['{', '{"title":"a"', '{"title":}', 'nonsense', "{'title':'a'}", '{"title":"a"}}', '\u0000'])(
    'that is not JSON is refused: %j',
    async (text) => {
      expectProblem(await sendRaw(text), 'MALFORMED_JSON')
    },
  )

  it('that is empty is no body, even with the JSON type', async () => {
    const problem = expectProblem(await sendRaw(''), 'VALIDATION_FAILED')
    expect(problem.errors).toMatchObject([{ location: 'body', pointer: '#', code: 'invalid_type' }])
    const headers = { 'idempotency-key': 'an-empty-body-key' }
    expect((await sendRaw('', headers, '/v1/keys')).statusCode).toBe(201)
  })

  it.each(['null', '[]', '"text"', '7', 'true'])('that is no object is refused: %s', async (text) => {
    expectProblem(await sendRaw(text), 'VALIDATION_FAILED')
    expectProblem(await sendRaw(text, { 'idempotency-key': 'no-object-is-a-body' }, '/v1/keys'), 'VALIDATION_FAILED')
  })

  it.each(['text/plain', 'application/xml', 'multipart/form-data', 'application/x-www-form-urlencoded', 'nonsense'])(
    'of the media type %s is refused (415)',
    async (type) => {
      expectProblem(await sendRaw('{"title":"a"}', { 'content-type': type }), 'UNSUPPORTED_MEDIA_TYPE')
    },
  )

  it('with a charset parameter is read', async () => {
    const response = await sendRaw('{"title":"泵"}', { 'content-type': 'application/json; charset=utf-8' })
    expect(response.json()).toMatchObject({ title: '泵' })
  })

  it('over 1 MB is refused, as is a string of 10 MB (413)', async () => {
    expectProblem(await sendRaw(JSON.stringify({ title: 'a'.repeat(1_048_576) })), 'PAYLOAD_TOO_LARGE')
    expectProblem(await sendRaw(JSON.stringify({ title: 'a'.repeat(10_000_000) })), 'PAYLOAD_TOO_LARGE')
  })

  it('that is not UTF-8 is refused instead of being stored with replacement characters', async () => {
    const latin1 = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xe9, 0xff]), Buffer.from('"}')])
    expectProblem(await sendRaw(latin1), 'MALFORMED_JSON')
  })

  it.each(['{"__proto__":{"isAdmin":true},"title":"a"}', '{"title":"a","constructor":{"prototype":{"a":1}}}'])(
    'cannot reach a prototype: %s (15.3.6)',
    async (text) => {
      expectProblem(await sendRaw(text), 'MALFORMED_JSON')
      expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
    },
  )

  it.each([
    ['{"title":"a\\u0000b"}', '#/title', 'nul_character'],
    ['{"title":"a\\ud800"}', '#/title', 'lone_surrogate'],
    ['{"title":"a","labels":{"k\\u0000":"v"}}', '#/labels', 'nul_character'],
    ['{"title":"a","labels":{"k\\udc00":"v"}}', '#/labels', 'lone_surrogate'],
  ])('with text that PostgreSQL cannot store is refused: %s', async (text, pointer, code) => {
    const { errors } = expectProblem(await sendRaw(text), 'VALIDATION_FAILED')
    expect(errors).toContainEqual(expect.objectContaining({ location: 'body', pointer, code }))
  })

  it.each([
    ['arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    ['half a million arrays', '['.repeat(500_000) + ']'.repeat(500_000)],
  ])('nested 10,000 levels deep is refused: %s', async (_name, document) => {
    const response = await sendRaw(`{"document":${document}}`, {}, '/v1/documents')
    const { errors } = expectProblem(response, 'VALIDATION_FAILED')
    expect(errors).toMatchObject([{ code: 'too_deep' }])
  })

  it.each([
    ['unknown fields', JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`tit${i}`, 1])))],
    ['NUL characters', JSON.stringify({ document: Array(100_000).fill('\u0000') })],
    ['wrong values', `{"title":"a","labels":{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join()}}}`],
  ])('that breaks a great many rules costs little and answers with a hundred of them: %s', async (name, text) => {
    const url = name === 'NUL characters' ? '/v1/documents' : '/v1/things'
    const before = process.cpuUsage()
    const { errors } = expectProblem(await sendRaw(text, {}, url), 'VALIDATION_FAILED')
    expect(errors).toHaveLength(100)
    // 0.1 s as measured; comparing every name with every field would take 10 s.
    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000)
  })
})

describe('a path', () => {
  it('with bad percent-encoding is refused, with the headers of every answer', async () => {
    const response = await platform.client.get('/v1/things/%E0%A4%A')
    expectProblem(response, 'VALIDATION_FAILED')
    expect(response.headers['x-content-type-options']).toBe('nosniff')
  })

  it('with a parameter that is too long is refused', async () => {
    expectProblem(await platform.client.get(`/v1/things/${'a'.repeat(201)}`), 'VALIDATION_FAILED')
    const problem = expectProblem(
      await platform.client.get(`/v1/shelves/${'a'.repeat(160)}/things`),
      'VALIDATION_FAILED',
    )
    expect(problem.errors).toMatchObject([{ location: 'path', pointer: '#/shelf' }])
  })

  it.each(['%00', '..%2f..%2fetc%2fpasswd', 'constructor', '__proto__', "'%20or%201=1--", newId('supply')])(
    'with the id %s is refused',
    async (id) => {
      expectProblem(await platform.client.get(`/v1/things/${id}`), 'VALIDATION_FAILED')
    },
  )

  it('with a NUL character is refused where any text is allowed', async () => {
    const { errors } = expectProblem(await platform.client.get('/v1/shelves/a%00b/things'), 'VALIDATION_FAILED')
    expect(errors).toMatchObject([{ location: 'path', pointer: '#/shelf', code: 'nul_character' }])
  })

  it.each(['/docs/static/../../../package.json', '/docs/static/%2e%2e/%2e%2e/package.json', '/docs/static/none.js'])(
    'leads nowhere outside the documentation: %s',
    async (url) => {
      expectProblem(await platform.client.get(url), 'ROUTE_NOT_FOUND')
    },
  )
})

describe('a query', () => {
  it.each([
    ['limit=5&limit=6', '#/limit'],
    ['limit=', '#/limit'],
    ['limit=0', '#/limit'],
    ['limit=101', '#/limit'],
    ['limit=1e2', '#/limit'],
    ['limit=-1', '#/limit'],
    ['title=%00', '#/title'],
    ['isNew=yes', '#/isNew'],
    ['kinds=pump,wheel', '#/kinds/1'],
    ['kinds=', '#/kinds'],
    ['minParts=99999999999999999999', '#/minParts'],
  ])('with a wrong value is refused: %s (API-PAGE-1, API-FILT-2)', async (query, pointer) => {
    const { errors } = expectProblem(await platform.client.get(`/v1/things?${query}`), 'VALIDATION_FAILED')
    expect(errors).toMatchObject([{ location: 'query', pointer }])
  })

  it.each(['__proto__=1', 'constructor=1', 'toString=1', 'limit[gt]=1'])(
    'with the parameter %s is refused',
    async (query) => {
      const { errors } = expectProblem(await platform.client.get(`/v1/things?${query}`), 'VALIDATION_FAILED')
      expect(errors).toMatchObject([{ location: 'query', code: 'unknown_field' }])
    },
  )

  it('names the nearest parameter for a misspelt one (API-FILT-1)', async () => {
    const { errors } = expectProblem(await platform.client.get('/v1/things?titel=a'), 'VALIDATION_FAILED')
    expect(errors?.[0]).toMatchObject({ pointer: '#/titel', message: expect.stringContaining('did you mean "title"?') })
  })
})

describe('the refusal', () => {
  it('names every failure of every part at once (API-ERR-2)', async () => {
    const body = {
      titel: 'a',
      parts: [
        { name: '', cuont: 1 },
        { name: 'x', count: 'many' },
      ],
    }
    const response = await platform.as('member').post('/v1/things?colour=red', body)
    const { errors } = expectProblem(response, 'VALIDATION_FAILED')
    expect(errors?.map(({ location, pointer, code }) => `${location} ${pointer} ${code}`).sort()).toEqual([
      'body #/parts/0/cuont unknown_field',
      'body #/parts/0/name too_small',
      'body #/parts/1/count invalid_type',
      'body #/titel unknown_field',
      'body #/title invalid_type',
      'query #/colour unknown_field',
    ])
    expect(errors?.find(({ pointer }) => pointer === '#/parts/0/cuont')?.message).toContain('did you mean "count"?')
  })

  it('stays valid JSON and Unicode whatever the names are', async () => {
    const names = ['a/b~c', '\u{1F600}'.repeat(60), `${'x'.repeat(63)}\u{1F600}`, '"', '\n', 'constructor2']
    const body = Object.fromEntries([['title', 'a'], ...names.map((name) => [name, 1])])
    const response = await platform.as('member').post('/v1/things', body)
    const { errors } = expectProblem(response, 'VALIDATION_FAILED')
    expect(errors).toHaveLength(names.length)
    expect(errors?.map(({ pointer }) => pointer)).toContain('#/a~1b~0c')
    expect(errors?.every(({ pointer, message }) => pointer.isWellFormed() && message.isWellFormed())).toBe(true)
  })
})
