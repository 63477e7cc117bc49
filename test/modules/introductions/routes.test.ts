import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { givenAcceptedIntroduction, givenIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

const urlOf = ({ id }: { id: string }) => `/v1/introductions/${id}`
const eventTypes = async () =>
  (
    await harness.database.pool.query(`select type from outbox_events where type like 'introduction%' order by seq`)
  ).rows.map(({ type }) => type)

describe('GET /v1/introductions/{id}', () => {
  it('shows both sides, the broker and the operator the question, and to nobody contact data before both accept', async () => {
    const contact = { name: '密先生', phone: '13800000000' }
    const { introduction, demand, supply, broker } = await givenIntroduction(harness, {
      demand: { contact },
      supply: { contact },
    })
    const operator = await harness.given.operator()
    const viewers = { demand: demand.owner, supply: supply.owner, broker, operator }
    for (const [you, who] of Object.entries(viewers)) {
      const client = await harness.as(who)
      const answer = await client.get(urlOf(introduction))
      expect(answer.statusCode).toBe(200)
      expect(answer.json()).toMatchObject({
        ...{ id: introduction.id, state: 'asked', you, chases: 0 },
        demand: {
          id: demand.listing.id,
          title: demand.listing.content.title,
          organisation: { id: demand.owner.orgId },
        },
        broker: { id: broker.userId },
      })
      expect(answer.body).not.toMatch(/密先生|13800000000/)
      const list = (await client.get('/v1/introductions')).json()
      expect(list.data.map(({ id }: { id: string }) => id)).toEqual([introduction.id])
    }
  })

  it('does not exist for outsiders, other brokers and operators of other markets', async () => {
    const { introduction } = await givenAcceptedIntroduction(harness)
    const outsiders = [
      await harness.given.organisation(),
      await harness.given.broker(),
      await harness.given.operator('suzhou'),
    ]
    for (const outsider of outsiders) {
      const client = await harness.as(outsider)
      expectProblem(await client.get(urlOf(introduction)), 'NOT_FOUND')
      expectProblem(await client.post(`${urlOf(introduction)}/responses`, { answer: 'accept' }), 'NOT_FOUND')
      expectProblem(await client.post(`${urlOf(introduction)}/end`, { reasonCode: 'other' }), 'NOT_FOUND')
      expect((await client.get('/v1/introductions')).json().data).toEqual([])
    }
    expectProblem(await harness.client.get(urlOf(introduction)), 'UNAUTHENTICATED')
  })
})

describe('POST /v1/introductions/{id}/responses', () => {
  it('shows contact data to both sides and the broker after the second yes, and still not to the operator', async () => {
    const { introduction, demand, supply, broker } = await givenIntroduction(harness, {
      demand: { contact: { name: '密先生', phone: '13800000000' } },
      supply: { contact: null },
    })
    const [asker, offerer] = [await harness.as(demand.owner), await harness.as(supply.owner)]
    const first = await asker.post(`${urlOf(introduction)}/responses`, { answer: 'accept' })
    expect(first.json()).toMatchObject({ state: 'asked', demand: { answer: 'accept' }, allowedActions: ['decline'] })
    expect(first.json().contacts).toBeUndefined()
    const second = await offerer.post(`${urlOf(introduction)}/responses`, { answer: 'accept' })
    expect(second.json()).toMatchObject({
      state: 'accepted',
      contacts: { demand: { name: '密先生', phone: '13800000000' }, supply: { email: expect.stringContaining('@') } },
    })
    for (const who of [demand.owner, broker]) {
      expect((await (await harness.as(who)).get(urlOf(introduction))).json().contacts).toEqual(second.json().contacts)
    }
    const operator = (await (await harness.as('operator')).get(urlOf(introduction))).json()
    expect([operator.state, operator.contacts]).toEqual(['accepted', undefined])
    expect((await asker.get('/v1/introductions')).body).not.toContain('13800000000')
    expect(await eventTypes()).toEqual([
      'introduction.opened',
      'introduction.answered',
      'introduction.answered',
      'introduction.accepted',
    ])
  })

  it('ends it with a no; the reason is for all, the note for the broker and its author', async () => {
    const { introduction, demand, supply, broker } = await givenIntroduction(harness)
    const offerer = await harness.as(supply.owner)
    const body = { answer: 'decline', reasonCode: 'competitor', note: '与我校合作企业竞争' }
    const declined = await offerer.post(`${urlOf(introduction)}/responses`, body)
    expect(declined.json()).toMatchObject({
      state: 'declined',
      endedBy: 'supply',
      reasonCode: 'competitor',
      note: body.note,
    })
    expect((await (await harness.as(broker)).get(urlOf(introduction))).json().note).toBe(body.note)
    for (const who of [demand.owner, await harness.given.operator()]) {
      const seen = (await (await harness.as(who)).get(urlOf(introduction))).json()
      expect([seen.reasonCode, seen.note]).toEqual(['competitor', undefined])
    }
    const { rows } = await harness.database.pool.query('select i::text as row from introductions i')
    expect(JSON.stringify(rows)).not.toContain('竞争')
    const late = await (await harness.as(demand.owner)).post(`${urlOf(introduction)}/responses`, { answer: 'accept' })
    expect(expectProblem(late, 'TRANSITION_NOT_ALLOWED')).toMatchObject({ state: 'declined', allowedActions: [] })
  })

  it('takes two answers at the same moment as two answers', async () => {
    const { introduction, demand, supply } = await givenIntroduction(harness)
    const clients = [await harness.as(demand.owner), await harness.as(supply.owner)]
    const url = `${urlOf(introduction)}/responses`
    await Promise.all(clients.map((client) => client.post(url, { answer: 'accept' })))
    expect((await clients[0]?.get(urlOf(introduction)))?.json()).toMatchObject({ state: 'accepted', version: 3 })
    expect((await eventTypes()).filter((type) => type === 'introduction.accepted')).toHaveLength(1)
  })

  it('refuses a second yes, lets a yes become a no, and replays under a key', async () => {
    const { introduction, demand } = await givenIntroduction(harness)
    const client = await harness.as(demand.owner)
    const url = `${urlOf(introduction)}/responses`
    const options = { headers: { 'idempotency-key': 'introduction-answer-1' } }
    const first = await client.post(url, { answer: 'accept' }, options)
    expect((await client.post(url, { answer: 'accept' }, options)).json()).toEqual(first.json())
    expectProblem(await client.post(url, { answer: 'accept' }), 'ALREADY_DECIDED')
    const no = await client.post(url, { answer: 'decline', reasonCode: 'no_capacity' })
    expect(no.json()).toMatchObject({ state: 'declined', demand: { answer: 'decline' } })
  })

  it.each([
    [{ answer: 'decline' }, '#/reasonCode'],
    [{ answer: 'decline', reasonCode: 'duplicate' }, '#/reasonCode'],
    [{ answer: 'accept', reasonCode: 'competitor' }, '#/reasonCode'],
    [{ answer: 'accept', note: '好' }, '#/note'],
    [{ answer: 'perhaps' }, '#/answer'],
  ])('refuses %j', async (body, pointer) => {
    const client = await harness.as('owner')
    const problem = expectProblem(
      await client.post(`/v1/introductions/${newId('introduction')}/responses`, body),
      'VALIDATION_FAILED',
    )
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer])
  })

  it('is refused to the broker and to operators, who see it but are no side', async () => {
    const { introduction, broker } = await givenIntroduction(harness)
    for (const who of [broker, await harness.given.operator()]) {
      const client = await harness.as(who)
      expectProblem(await client.post(`${urlOf(introduction)}/responses`, { answer: 'accept' }), 'FORBIDDEN')
    }
  })
})

describe('POST /v1/introductions/{id}/end', () => {
  it('hides the contact data again', async () => {
    const { introduction, demand, supply } = await givenAcceptedIntroduction(harness)
    const ended = await (await harness.as(demand.owner)).post(`${urlOf(introduction)}/end`, {
      reasonCode: 'terms_not_agreed',
    })
    expect(ended.json()).toMatchObject({ state: 'closed', endedBy: 'demand', allowedActions: [] })
    const seen = (await (await harness.as(supply.owner)).get(urlOf(introduction))).json()
    expect([seen.contacts, seen.reasonCode]).toEqual([undefined, 'terms_not_agreed'])
  })

  it('lets the broker take the question back, and nobody else', async () => {
    const { introduction, demand, broker } = await givenIntroduction(harness)
    const body = { reasonCode: 'other' }
    const url = `${urlOf(introduction)}/end`
    expectProblem(await (await harness.as('operator')).post(url, body), 'FORBIDDEN')
    expectProblem(await (await harness.as(demand.owner)).post(url, body), 'TRANSITION_NOT_ALLOWED')
    expect((await (await harness.as(broker)).post(url, body)).json()).toMatchObject({
      state: 'closed',
      endedBy: 'broker',
    })
  })
})
