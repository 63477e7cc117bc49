import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import { expireEnquiries } from '../../../src/modules/enquiries/expire-enquiries.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem } from '../../support/http.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

const quote = { priceMinFen: 80_000_000, priceMaxFen: 120_000_000, validUntil: '2026-03-20', terms: '机密条款' }

async function givenEnquiry() {
  const { given } = harness
  const supply = await given.publishedSupply()
  const [seller, buyer] = [await harness.as(supply.owner), await harness.as(await given.organisation())]
  const opened = await buyer.post(`/v1/supplies/${supply.listing.id}/enquiries`, { message: '机密用量二十万件' })
  expect(opened.statusCode).toBe(201)
  return { supply, seller, buyer, opened: opened.json(), url: `/v1/enquiries/${opened.json().id}` }
}
const eventsOf = async (type: string) =>
  (await harness.database.pool.query('select data from outbox_events where type = $1', [type])).rows.map(
    (row) => row.data,
  )

describe('an enquiry', () => {
  it('is negotiated between two organisations until one accepts the newest quote of the other', async () => {
    const { seller, buyer, opened, url, supply } = await givenEnquiry()
    expect(opened).toMatchObject({ state: 'open', you: 'buyer', quotes: [], allowedActions: ['withdraw'] })
    const first = (await seller.post(`${url}/quotes`, quote)).json()
    expect(first).toMatchObject({
      state: 'quoted',
      you: 'seller',
      message: '机密用量二十万件',
      expiresOn: '2026-03-20',
    })
    const fixed = { priceMinFen: 90_000_000, priceMaxFen: 90_000_000, validUntil: '2026-03-10' }
    const countered = (await buyer.post(`${url}/quotes`, fixed)).json()
    expectProblem(await seller.post(`${url}/acceptance`, { quoteId: first.quotes[0].id }), 'TRANSITION_NOT_ALLOWED')
    expectProblem(await buyer.post(`${url}/acceptance`, { quoteId: countered.quotes[1].id }), 'TRANSITION_NOT_ALLOWED')
    const accepted = await seller.post(`${url}/acceptance`, { quoteId: countered.quotes[1].id })
    expect(accepted.json()).toMatchObject({
      ...{ state: 'accepted', endedBy: 'seller', acceptedQuoteId: countered.quotes[1].id, allowedActions: [] },
      quotes: [
        { side: 'seller', terms: '机密条款' },
        { side: 'buyer', priceMaxFen: 90_000_000 },
      ],
    })
    expect(await eventsOf('enquiry.accepted')).toMatchObject([
      { enquiryId: opened.id, supplyId: supply.listing.id, quoteId: countered.quotes[1].id },
    ])
    expectProblem(await buyer.post(`${url}/quotes`, fixed), 'TRANSITION_NOT_ALLOWED')
  })

  it('is seen by its two sides and, without texts, by the operator of the market, and by nobody else', async () => {
    const { seller, buyer, url } = await givenEnquiry()
    await seller.post(`${url}/quotes`, quote)
    const operator = await harness.as('operator')
    const seen = await operator.get(url)
    expect(seen.json()).toMatchObject({ you: 'operator', state: 'quoted', quotes: [{ priceMaxFen: 120_000_000 }] })
    expect(seen.body).not.toContain('机密')
    expectProblem(await operator.post(`${url}/quotes`, quote), 'FORBIDDEN')
    for (const client of [seller, buyer, operator]) {
      const list = await client.get('/v1/enquiries')
      expect(list.json().data).toHaveLength(1)
      expect(list.body).not.toContain('机密')
    }
    for (const who of [await harness.given.operator('suzhou'), await harness.given.broker()]) {
      const stranger = await harness.as(who)
      expectProblem(await stranger.get(url), 'NOT_FOUND')
      expectProblem(await stranger.post(`${url}/quotes`, quote), 'NOT_FOUND')
      expect((await stranger.get('/v1/enquiries')).json().data).toEqual([])
    }
    expectProblem(await harness.client.get(url), 'UNAUTHENTICATED')
    const stored = await harness.database.pool.query(
      'select e::text as row from enquiries e union all select q::text from enquiry_quotes q union all select data::text from outbox_events',
    )
    expect(JSON.stringify(stored.rows)).not.toContain('机密')
  })

  it('is about a published supply of somebody else, one at a time, and replays under a key', async () => {
    const { supply, seller, buyer, url } = await givenEnquiry()
    const path = `/v1/supplies/${supply.listing.id}/enquiries`
    expectProblem(await seller.post(path, { message: '自问' }), 'FORBIDDEN')
    expectProblem(await buyer.post(path, { message: '再问' }), 'ALREADY_EXISTS')
    expectProblem(await buyer.post(path, {}), 'VALIDATION_FAILED')
    expectProblem(await buyer.post(`/v1/supplies/${newId('supply')}/enquiries`, { message: '无' }), 'NOT_FOUND')
    expect((await buyer.post(`${url}/withdraw`)).json()).toMatchObject({ state: 'withdrawn', endedBy: 'buyer' })
    const options = { headers: { 'idempotency-key': 'enquiry-again-0001' } }
    const again = await buyer.post(path, { message: '再问' }, options)
    expect((await buyer.post(path, { message: '再问' }, options)).json()).toEqual(again.json())
  })

  it.each([
    [{ ...quote, priceMaxFen: 1 }, '#/priceMaxFen'],
    [{ ...quote, validUntil: '2026-03-01' }, '#/validUntil'],
    [{ ...quote, validUntil: '2028-01-01' }, '#/validUntil'],
  ])('refuses the quote %j', async (body, pointer) => {
    const { seller, url } = await givenEnquiry()
    const problem = expectProblem(await seller.post(`${url}/quotes`, body), 'VALIDATION_FAILED')
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer])
  })

  it('ends with a reason, or by itself after its last day', async () => {
    const declined = await givenEnquiry()
    expectProblem(
      await declined.buyer.post(`${declined.url}/decline`, { reasonCode: 'other' }),
      'TRANSITION_NOT_ALLOWED',
    )
    const no = await declined.seller.post(`${declined.url}/decline`, { reasonCode: 'ip_unavailable' })
    expect(no.json()).toMatchObject({ state: 'declined', endedBy: 'seller', reasonCode: 'ip_unavailable' })
    const { supply, seller, url } = await givenEnquiry()
    await seller.post(`${url}/quotes`, quote)
    harness.clock.advance('18d')
    await expireEnquiries(harness.deps)
    expect((await (await harness.as(supply.owner)).get(url)).json().state).toBe('quoted')
    harness.clock.advance('1d')
    await expireEnquiries(harness.deps)
    const expired = (await (await harness.as(supply.owner)).get(url)).json()
    expect(expired).toMatchObject({ state: 'expired', endedBy: 'time', allowedActions: [] })
    expect(await eventsOf('enquiry.ended')).toHaveLength(2)
  })
})

describe('the negotiation', () => {
  it('cannot be rewritten in the database', async () => {
    const { seller, url } = await givenEnquiry()
    const given = await seller.post(`${url}/quotes`, { ...quote, validUntil: '2026-06-01' })
    expect(given.statusCode).toBe(201)
    for (const sql of ['delete from enquiry_quotes', 'update enquiry_quotes set price_max_fen = 1']) {
      await expect(harness.database.pool.query(sql)).rejects.toThrow('append-only')
    }
  })
})
