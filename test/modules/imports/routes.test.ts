import { beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../../src/modules/imports/open-file.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'
import { csvOf } from './files.ts'

const harness = useHarness()
const file = csvOf([
  ['外部编号', '名称', '技术领域', '备注'],
  ['A-1', '高真空压铸技术', '新材科', '=1+1'],
  ['A-2', '等离子体焊接', '新材料', ''],
])
const csv = { 'content-type': 'text/csv' }
const query = { kind: 'supply', mode: 'upsert' }
let user: HttpClient

beforeEach(async () => {
  await harness.reset()
  user = await harness.as(await harness.given.organisation({ kind: 'university' }))
})

describe('POST /v1/imports', () => {
  it('answers at once with where to look', async () => {
    const sent = await user.post('/v1/imports', file, { query, headers: csv })
    expect(sent.statusCode, sent.body).toBe(202)
    expect(sent.headers.location).toBe(`/v1/imports/${sent.json().id}`)
    expect(sent.json()).toMatchObject({ state: 'queued', format: 'csv', sizeBytes: file.length })
    expect((await user.get('/v1/imports')).json().data).toHaveLength(1)
  })

  it('starts one import for one Idempotency-Key, and refuses another file under it', async () => {
    const headers = { ...csv, 'idempotency-key': 'import-of-today-0001' }
    const [one, other] = [
      await user.post('/v1/imports', file, { query, headers }),
      await user.post('/v1/imports', file, { query, headers }),
    ]
    expect(other.json()).toEqual(one.json())
    expectProblem(await user.post('/v1/imports', Buffer.from('x,y\n'), { query, headers }), 'IDEMPOTENCY_KEY_REUSED')
  })

  it.each([
    ['a renamed program', Buffer.from('MZ\u0090\u0000'), 'UNSUPPORTED_MEDIA_TYPE'],
    ['51 MB', Buffer.alloc(51 * 1_048_576, 'a'), 'PAYLOAD_TOO_LARGE'],
  ] as const)('refuses %s and keeps nothing of it', async (_name, body, code) => {
    expectProblem(await user.post('/v1/imports', body, { query, headers: csv }), code)
    expect((await user.get('/v1/imports')).json().data).toEqual([])
  })

  it('refuses JSON, an unknown kind, strangers and kinds that the organisation cannot own', async () => {
    expectProblem(await user.post('/v1/imports', { title: 'x' }, { query }), 'UNSUPPORTED_MEDIA_TYPE')
    expectProblem(await user.post('/v1/imports', file, { query: { kind: 'suply' }, headers: csv }), 'VALIDATION_FAILED')
    expectProblem(await harness.client.post('/v1/imports', file, { query, headers: csv }), 'UNAUTHENTICATED')
    expectProblem(
      await user.post('/v1/imports', file, { query: { kind: 'finance_product' }, headers: csv }),
      'FORBIDDEN',
    )
  })

  it('lets an organisation have five open imports', async () => {
    for (let count = 0; count < 5; count += 1) await user.post('/v1/imports', file, { query, headers: csv })
    expectProblem(await user.post('/v1/imports', file, { query, headers: csv }), 'TOO_MANY_IMPORTS')
  })
})

describe('an import', () => {
  it('does not exist for other organisations', async () => {
    const { id } = (await user.post('/v1/imports', file, { query, headers: csv })).json()
    const other = await harness.as('owner')
    for (const path of ['', '/rows', '/error-file'])
      expectProblem(await other.get(`/v1/imports/${id}${path}`), 'NOT_FOUND')
    expectProblem(await other.post(`/v1/imports/${id}/cancel`), 'NOT_FOUND')
  })

  it('can be stopped before it ends, once', async () => {
    const { id } = (await user.post('/v1/imports', file, { query, headers: csv })).json()
    expect((await user.post(`/v1/imports/${id}/cancel`)).json()).toMatchObject({ state: 'cancelled' })
    expectProblem(await user.post(`/v1/imports/${id}/cancel`), 'TRANSITION_NOT_ALLOWED')
    await harness.drain()
    expect((await user.get(`/v1/imports/${id}`)).json()).toMatchObject({ state: 'cancelled', counts: { created: 0 } })
  })

  it('gives the failed rows back as a file that is no formula and can be corrected and sent again', async () => {
    const { id } = (await user.post('/v1/imports', file, { query, headers: csv })).json()
    await harness.drain()
    const sent = await user.get(`/v1/imports/${id}/error-file`)
    expect(sent.headers['content-disposition']).toContain(`${id}-errors.csv`)
    const { headers, rows } = await openFile('csv', Buffer.from(sent.body))
    expect(headers).toEqual(['外部编号', '名称', '技术领域', '备注', 'error_code', 'error_message'])
    const read = []
    for await (const { cells } of rows) read.push(cells)
    expect(read).toEqual([
      ['A-1', '高真空压铸技术', '新材科', "'=1+1", 'unknown_code', expect.stringContaining('新材料')],
    ])
    const fixed = Buffer.from(sent.body.replace('新材科', '新材料'))
    const again = (await user.post('/v1/imports', fixed, { query, headers: csv })).json()
    await harness.drain()
    expect((await user.get(`/v1/imports/${again.id}`)).json()).toMatchObject({ counts: { created: 1, failed: 0 } })
  })
})

describe('templates', () => {
  it.each(['supply', 'demand', 'finance_product'])('of %s can be sent as they are, in both formats', async (kind) => {
    await harness.given.market()
    const owner = await harness.as(
      await harness.given.organisation({ kind: kind === 'finance_product' ? 'financial_institution' : 'enterprise' }),
    )
    for (const format of ['csv', 'xlsx']) {
      const template = await harness.client.get(`/v1/import-templates/${kind}`, { query: { format } })
      expect(template.statusCode).toBe(200)
      const headers = { 'content-type': 'application/octet-stream' }
      const { id } = (
        await owner.post('/v1/imports', template.rawPayload, { query: { kind, mode: 'dry_run' }, headers })
      ).json()
      await harness.drain()
      const done = (await owner.get(`/v1/imports/${id}`)).json()
      const rows = (await owner.get(`/v1/imports/${id}/rows`)).json().data
      expect(done, JSON.stringify(rows)).toMatchObject({ counts: { created: 1, failed: 0 } })
      expect(done.columns.every(({ field }: { field: string | null }) => field !== null)).toBe(true)
    }
  })

  it('are not made for a kind that there is not', async () => {
    expectProblem(await harness.client.get('/v1/import-templates/auction'), 'VALIDATION_FAILED')
  })
})
