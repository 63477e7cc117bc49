import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../../src/modules/imports/open-file.ts'
import { useHarness } from '../../support/harness.ts'
import type { HttpClient } from '../../support/http.ts'
import { givenDemands, givenMatches, givenScene, givenSupplies, type Scene } from '../review/given-items.ts'

const harness = useHarness()
let scene: Scene

beforeAll(async () => {
  scene = await givenScene(harness)
})

/** The rows of the file, by their headers. */
async function tableOf(client: HttpClient, path: string, format: 'csv' | 'xlsx' = 'csv') {
  const answer = await client.get(`/v1/exports/${path}${path.includes('?') ? '&' : '?'}format=${format}`)
  expect(answer.statusCode, answer.body).toBe(200)
  const { headers, rows } = await openFile(format, answer.rawPayload)
  const read: Record<string, string>[] = []
  for await (const { cells } of rows) {
    read.push(Object.fromEntries(headers.map((header, index) => [header, (cells as string[])[index] ?? ''])))
  }
  return read
}

describe('review items', () => {
  it.each(['csv', 'xlsx'] as const)('of one’s market are in the %s, without anything confidential', async (format) => {
    const [[demand], [supply]] = [await givenDemands(scene, 1), await givenSupplies(scene, 1)]
    if (demand === undefined || supply === undefined) throw new Error('no listings were made')
    await givenMatches(harness, [{ demand, supply, score: 0.9 }])
    await harness.drain()
    const rows = await tableOf(await harness.as(scene.broker), 'review-items?state=open', format)
    const item = rows.find((row) => row.需求编号 === demand.id && row.供给编号 === supply.id)
    expect(item).toMatchObject({ 状态: 'open', 市场: 'ningbo', 是否超期: '否' })
    expect(JSON.stringify(rows)).not.toMatch(/机密|密先生/)
  })

  it('are for brokers and operators', async () => {
    const member = await harness.as(scene.enterprise)
    expect((await member.get('/v1/exports/review-items')).statusCode).toBe(403)
    expect((await harness.client.get('/v1/exports/review-items')).statusCode).toBe(401)
  })
})

describe('deals', () => {
  it('are those of the list, with intent and closed amounts apart', async () => {
    const operator = await harness.as(scene.operator)
    const source = { kind: 'direct', providerOrgId: scene.university.orgId, acquirerOrgId: scene.enterprise.orgId }
    const body = { source, title: '=压铸技术许可', intentAmountFen: 12_345_678 }
    const sent = await operator.post('/v1/deals', body, { headers: { 'idempotency-key': crypto.randomUUID() } })
    expect(sent.statusCode, sent.body).toBe(201)
    expect(await tableOf(await harness.as(scene.university), 'deals')).toMatchObject([
      { 成交编号: sent.json().id, 名称: "'=压铸技术许可", '意向金额（元）': '123456.78', '合同成交额（元）': '' },
    ])
    expect(await tableOf(await harness.as(await scene.now.organisation()), 'deals')).toEqual([])
    expect(await tableOf(operator, 'deals?stage=registered')).toEqual([])
  })
})

describe('statistics', () => {
  it('have their unit, basis and meaning beside each number', async () => {
    const rows = await tableOf(await harness.as(scene.operator), 'statistics?market=ningbo')
    expect(rows.find(({ 指标: name }) => name === 'demandsPublished')).toMatchObject({ 单位: 'count', 是否隐去: '否' })
    expect(await tableOf(harness.client, 'statistics?report=league_table', 'xlsx')).not.toEqual([])
    expect((await harness.client.get('/v1/exports/statistics?market=nowhere')).statusCode).toBe(404)
  })

  it('have the funnel for operators', async () => {
    const rows = await tableOf(await harness.as(scene.operator), 'funnel')
    expect(rows[0]).toMatchObject({ 环节: expect.stringContaining('published') })
    expect((await (await harness.as(scene.enterprise)).get('/v1/exports/funnel')).statusCode).toBe(403)
  })
})
