import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { givenAcceptedIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { csvOf } from '../imports/files.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

type Told = { kind: string; title: { zh: string }; body: { zh: string } }
const toldTo = async (who: Principal, area: string): Promise<Told[]> => {
  const { data } = (await (await harness.as(who)).get('/v1/notifications?limit=100')).json()
  return data.filter(({ kind }: Told) => kind.startsWith(`${area}.`)).reverse()
}
const kindsTo = async (who: Principal, area: string) => (await toldTo(who, area)).map(({ kind }) => kind)

describe('a deal', () => {
  it('is told to both sides and its broker, a confirmation to the side that is to follow', async () => {
    const { given } = harness
    const university = await given.organisation({ kind: 'university' })
    const { introduction, demand, broker } = await givenAcceptedIntroduction(harness, { supply: { by: university } })
    const [acquirer, provider] = [await harness.as(demand.owner), await harness.as(university)]
    const source = { kind: 'introduction', introductionId: introduction.id }
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const opened = await acquirer.post('/v1/deals', { source, title: '标题金丝雀' }, { headers })
    expect(opened.statusCode, opened.body).toBe(201)
    const url = `/v1/deals/${opened.json().id}`
    await harness.drain()
    for (const who of [demand.owner, university, broker]) expect(await kindsTo(who, 'deal')).toEqual(['deal.opened'])
    await acquirer.post(`${url}/stage`, { action: 'negotiate' })
    const { termsVersion } = (await provider.get(url)).json()
    const terms = { contractType: 'patent_licence', subject: '压铸专利实施许可', pricing: 'auction' }
    const amounts = { contractAmountFen: 1_000, technologyAmountFen: 800, technologyIncomeFen: 700 }
    await acquirer.patch(url, { ...terms, ...amounts }, { headers: { 'if-match': '"v2"' } })
    const confirmed = await provider.post(`${url}/confirmations`, { termsVersion: termsVersion + 1 })
    expect(confirmed.statusCode, confirmed.body).toBe(200)
    await harness.drain()
    const told = await toldTo(demand.owner, 'deal')
    expect(told.map(({ kind }) => kind).sort()).toEqual(['deal.confirmed', 'deal.opened', 'deal.stage_changed'])
    expect(await kindsTo(university, 'deal')).toEqual(['deal.opened', 'deal.stage_changed'])
    expect(told.find(({ kind }) => kind === 'deal.stage_changed')?.body.zh).toContain('进入洽谈')
    expect(JSON.stringify(told)).not.toContain('金丝雀')
  }, 60_000)
})

describe('an import', () => {
  it('tells its sender what became of the rows, or that the file could not be read', async () => {
    const owner = await harness.given.organisation({ kind: 'university' })
    const colleague = await harness.given.user(owner, 'member')
    const user = await harness.as(owner)
    const header = ['外部编号', '成果名称', '技术领域', '详细描述']
    const files = [csvOf([header, ['A-1', '高真空压铸技术', '新材料', '面向壳体。'], ['A-2', '短', '新材料', '面。']])]
    for (const file of [...files, Buffer.from('x')]) {
      const options = { query: { kind: 'supply', mode: 'upsert' }, headers: { 'content-type': 'text/csv' } }
      expect((await user.post('/v1/imports', file, options)).statusCode).toBe(202)
      await harness.drain()
    }
    const told = await toldTo(owner, 'import')
    expect(told.map(({ kind }) => kind)).toEqual(['import.finished', 'import.failed'])
    expect(told[0]?.body.zh).toMatch(/共 2 行，导入 \d 行，未通过 \d 行/)
    expect(await kindsTo(colleague, 'import')).toEqual([])
  })
})
