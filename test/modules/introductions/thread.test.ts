import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { givenAcceptedIntroduction, givenIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

async function givenParties() {
  const pair = await givenAcceptedIntroduction(harness)
  const url = `/v1/introductions/${pair.introduction.id}`
  const [demand, supply, broker] = await Promise.all(
    [pair.demand.owner, pair.supply.owner, pair.broker].map((who) => harness.as(who)),
  )
  if (!demand || !supply || !broker) throw new Error('a party is missing')
  return { pair, url, demand, supply, broker, operator: await harness.as('operator') }
}
const attachment = { name: '机密报告.pdf', sizeBytes: 10, sha256: 'a'.repeat(64), mediaType: 'application/pdf' }

describe('the thread of an introduction', () => {
  it('is between both sides and the broker, sealed in the database, and the first message makes contact', async () => {
    const { url, demand, supply, broker, operator } = await givenParties()
    const posted = await supply.post(`${url}/messages`, { text: '真空度机密数据', attachments: [attachment] })
    expect(posted.statusCode).toBe(201)
    expect(posted.json()).toMatchObject({ author: 'supply', text: '真空度机密数据', attachments: [attachment] })
    await broker.post(`${url}/messages`, { text: '请约时间' })
    const thread = (await demand.get(`${url}/messages`)).json()
    expect(thread.data.map(({ author, text }: Record<string, string>) => [author, text])).toEqual([
      ['broker', '请约时间'],
      ['supply', '真空度机密数据'],
    ])
    expect((await demand.get(url)).json().state).toBe('in_contact')
    const stored = await harness.database.pool.query(
      `select m::text as row from introduction_messages m union all select data::text from outbox_events`,
    )
    expect(JSON.stringify(stored.rows)).not.toMatch(/机密|请约/)
    for (const path of ['messages', 'meetings']) expectProblem(await operator.get(`${url}/${path}`), 'FORBIDDEN')
    const stranger = await harness.as('owner')
    expectProblem(await stranger.get(`${url}/messages`), 'NOT_FOUND')
    expectProblem(await stranger.post(`${url}/messages`, { text: 'x' }), 'NOT_FOUND')
    expectProblem(await harness.client.get(`${url}/messages`), 'UNAUTHENTICATED')
  })

  it('pages, keeps read marks that only move forward, and replays under a key', async () => {
    const { url, demand, supply } = await givenParties()
    const options = { headers: { 'idempotency-key': 'thread-message-0001' } }
    const first = (await demand.post(`${url}/messages`, { text: '一' }, options)).json()
    expect((await demand.post(`${url}/messages`, { text: '一' }, options)).json()).toEqual(first)
    const second = (await demand.post(`${url}/messages`, { text: '二' })).json()
    const page = (await supply.get(`${url}/messages?limit=1`)).json()
    expect([page.data[0].id, page.page.hasMore]).toEqual([second.id, true])
    const rest = (await supply.get(`${url}/messages?limit=1&cursor=${page.page.nextCursor}`)).json()
    expect(rest.data.map(({ id }: { id: string }) => id)).toEqual([first.id])
    for (const messageId of [second.id, first.id]) {
      expect((await supply.put(`${url}/read-mark`, { messageId })).statusCode).toBe(204)
    }
    const { readMarks } = (await demand.get(`${url}/messages`)).json()
    expect(readMarks).toMatchObject([{ messageId: second.id }])
    expectProblem(await supply.put(`${url}/read-mark`, { messageId: newId('introductionMessage') }), 'NOT_FOUND')
  })

  it('begins when both have accepted and can be read, not written, after the end', async () => {
    const asked = await givenIntroduction(harness)
    const early = await harness.as(asked.demand.owner)
    const text = { text: '您好' }
    expectProblem(
      await early.post(`/v1/introductions/${asked.introduction.id}/messages`, text),
      'TRANSITION_NOT_ALLOWED',
    )
    const { url, demand, supply } = await givenParties()
    await demand.post(`${url}/messages`, text)
    await supply.post(`${url}/end`, { reasonCode: 'other' })
    expectProblem(await demand.post(`${url}/messages`, text), 'TRANSITION_NOT_ALLOWED')
    expect((await demand.get(`${url}/messages`)).json().data).toHaveLength(1)
    expectProblem(await demand.post(`${url}/messages`, { text: '' }), 'VALIDATION_FAILED')
  })
})

describe('a meeting', () => {
  const starts = ['2026-03-05T01:00:00.000Z', '2026-03-06T01:00:00.000Z']
  const propose = async (client: HttpClient, url: string) =>
    (await client.post(`${url}/meetings`, { starts, mode: 'online', place: '腾讯会议 123' })).json().data[0]

  it('is proposed by one party, agreed by another at one of its times, and cancelled by any', async () => {
    const { url, demand, supply, broker } = await givenParties()
    const { id } = await propose(demand, url)
    expectProblem(await demand.post(`${url}/meetings/${id}/agree`, { start: starts[0] }), 'FORBIDDEN')
    const other = await supply.post(`${url}/meetings/${id}/agree`, { start: '2026-03-07T01:00:00.000Z' })
    expectProblem(other, 'VALIDATION_FAILED')
    const agreed = await supply.post(`${url}/meetings/${id}/agree`, { start: '2026-03-06T09:00:00+08:00' })
    expect(agreed.json().data).toMatchObject([{ id, state: 'agreed', agreedStart: starts[1], place: '腾讯会议 123' }])
    expectProblem(await supply.post(`${url}/meetings/${id}/agree`, { start: starts[0] }), 'TRANSITION_NOT_ALLOWED')
    expect((await broker.post(`${url}/meetings/${id}/cancel`)).json().data[0].state).toBe('cancelled')
    const again = expectProblem(await demand.post(`${url}/meetings/${id}/cancel`), 'TRANSITION_NOT_ALLOWED')
    expect(again).toMatchObject({ state: 'cancelled', allowedActions: [] })
  })

  it('lies ahead, belongs to its introduction, and cannot be agreed when its time has passed', async () => {
    const { pair, url, demand } = await givenParties()
    const past = { starts: ['2026-03-01T01:00:00.000Z'], mode: 'phone' }
    expectProblem(await demand.post(`${url}/meetings`, past), 'VALIDATION_FAILED')
    const { id } = await propose(demand, url)
    harness.clock.advance('3d')
    harness.clock.advance('1h')
    const supply = await harness.as(pair.supply.owner)
    const late = expectProblem(
      await supply.post(`${url}/meetings/${id}/agree`, { start: starts[0] }),
      'VALIDATION_FAILED',
    )
    expect(late.errors).toMatchObject([{ pointer: '#/start', code: 'out_of_range' }])
    const elsewhere = await givenParties()
    expectProblem(await elsewhere.demand.post(`${elsewhere.url}/meetings/${id}/cancel`), 'NOT_FOUND')
  })
})
