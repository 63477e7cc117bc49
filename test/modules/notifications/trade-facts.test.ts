import { beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { answerIntroduction } from '../../../src/modules/introductions/answer-introduction.ts'
import { chaseIntroductions } from '../../../src/modules/introductions/chase-introductions.ts'
import { postMessage } from '../../../src/modules/introductions/post-message.ts'
import { givenIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

const toldTo = async (who: Principal): Promise<[string, string][]> => {
  const { data } = (await (await harness.as(who)).get('/v1/notifications?limit=100')).json()
  return data
    .map(({ kind, body }: { kind: string; body: { zh: string } }) => [kind, body.zh])
    .filter(([kind]: [string]) => /^(introduction|enquiry|quote)\./.test(kind))
    .reverse()
}
const kindsTo = async (who: Principal) => (await toldTo(who)).map(([kind]) => kind)

describe('an introduction', () => {
  it('asks both sides, reminds the silent one, and tells the others of every answer', async () => {
    const { introduction, demand, supply, broker } = await givenIntroduction(harness)
    const { id } = introduction
    await harness.drain()
    expect([await kindsTo(demand.owner), await kindsTo(supply.owner)]).toEqual([
      ['introduction.asked'],
      ['introduction.asked'],
    ])
    await answerIntroduction(harness.deps, demand.owner, { id, answer: 'accept' })
    harness.clock.advance('3d')
    await chaseIntroductions(harness.deps)
    await harness.drain()
    expect(await kindsTo(supply.owner)).toEqual(['introduction.asked', 'introduction.answered', 'introduction.chased'])
    await answerIntroduction(harness.deps, supply.owner, { id, answer: 'accept' })
    for (const text of ['一', '二']) await postMessage(harness.deps, supply.owner, { id, text })
    await harness.drain()
    expect(await kindsTo(demand.owner)).toEqual(['introduction.asked', 'introduction.answered', 'introduction.message'])
    expect((await toldTo(demand.owner))[1]?.[1]).toContain('联系方式现已互见')
    expect(await kindsTo(broker)).toEqual(['introduction.answered', 'introduction.answered', 'introduction.message'])
  }, 60_000)
})

describe('an enquiry', () => {
  it('tells the seller of the question, each side of the other’s quote, and who waits of the result', async () => {
    const { owner, listing } = await harness.given.publishedSupply()
    const who = await harness.given.organisation()
    const [seller, buyer] = [await harness.as(owner), await harness.as(who)]
    const path = `/v1/supplies/${listing.id as Id<'supply'>}/enquiries`
    const url = `/v1/enquiries/${(await buyer.post(path, { message: '请报价' })).json().id}`
    const body = { priceMinFen: 1, priceMaxFen: 1, validUntil: '2026-04-01' }
    const quoted = (await seller.post(`${url}/quotes`, body)).json()
    await harness.drain()
    await buyer.post(`${url}/acceptance`, { quoteId: quoted.quotes[0].id })
    await harness.drain()
    expect(await kindsTo(owner)).toEqual(['enquiry.received', 'enquiry.answered'])
    expect(await kindsTo(who)).toEqual(['quote.received'])
  })
})
