import { beforeEach, describe, expect, it } from 'vitest'
import { checkListings } from '../../../src/modules/duplicates/check-listings.ts'
import { useHarness } from '../../support/harness.ts'
import type { HttpClient } from '../../support/http.ts'

const harness = useHarness()
let operator: HttpClient

const text = {
  title: '混合动力双电机壳体高真空压铸技术',
  description:
    '采用高真空压铸与随形冷却流道，壳体壁厚 3.5 mm，气密性泄漏量不大于 5 mL/min，抗拉强度不低于 280 MPa，已用于两款车型的量产。',
}
const patent = { ipRights: [{ type: 'invention', number: '201710601862.3', legalState: 'granted' }] }

beforeEach(async () => {
  await harness.reset()
  await harness.given.market({ publishOnSubmit: true })
  operator = await harness.as(await harness.given.operator())
})

const supply = async (fields: Record<string, unknown>) => (await harness.given.publishedSupply(fields)).listing
const open = async (client = operator) => (await client.get('/v1/duplicate-candidates')).json().data
const check = () => checkListings(harness.deps)
const decide = (client: HttpClient, id: string, body: Record<string, unknown>) =>
  client.post(`/v1/duplicate-candidates/${id}/decision`, body)

describe('duplicates', () => {
  it('are found by text, by patent and by the id at a source, each pair once, and nothing else is', async () => {
    const first = await supply(text)
    const second = await supply({ ...text, title: '混合动力双电机壳体的高真空压铸技术', ...patent })
    const lens = {
      title: '红外硫系玻璃镜片精密模压',
      description: '面向车载夜视的镜片模压，面形精度与透过率满足整机要求。',
    }
    await supply(lens)
    await user.patch(`/v1/supplies/${other.id}`, { ...lens, summary: null }, { headers: { 'if-match': '"v4"' } })
    await check()
    expect((await open()).map(({ reasons }: { reasons: string[] }) => reasons)).toEqual([['text']])
  })

  it('are for operators', async () => {
    expect((await harness.client.get('/v1/duplicate-candidates')).statusCode).toBe(401)
    expect((await (await harness.as('member')).get('/v1/duplicate-candidates')).statusCode).toBe(403)
    expect((await operator.get('/v1/duplicate-candidates', { query: { state: 'lost' } })).statusCode).toBe(400)
  })
})
