import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { answerIntroduction } from '../../../src/modules/introductions/answer-introduction.ts'
import { measureAnsweringTimes } from '../../../src/modules/matching/measure-answering-times.ts'
import { givenIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
let university: Principal

/** Asked four times: answered after 2 and 6 hours as a side, after 10 hours by a quote, and once not at all. */
beforeAll(async () => {
  const { given, clock, deps } = harness
  await given.market({ publishOnSubmit: true })
  university = await given.organisation({ kind: 'university' })
  const supply = { by: university }
  const asked = []
  for (let i = 0; i < 3; i++) asked.push(await givenIntroduction(harness, { supply }))
  const offered = await given.publishedSupply(supply)
  const buyer = await harness.as(await given.organisation())
  const enquiry = (await buyer.post(`/v1/supplies/${offered.listing.id}/enquiries`, { message: '询价' })).json()
  clock.advance('2h')
  for (const hours of ['4h', '4h'] as const) {
    const next = asked.pop()
    if (next) await answerIntroduction(deps, university, { id: next.introduction.id, answer: 'accept' })
    clock.advance(hours)
  }
  const quote = { priceMinFen: 100, priceMaxFen: 100, validUntil: '2026-12-31' }
  const seller = await harness.as(university)
  expect((await seller.post(`/v1/enquiries/${enquiry.id}/quotes`, quote)).statusCode).toBeLessThan(300)
})

const measured = async () => {
  await measureAnsweringTimes(harness.deps)
  const { rows } = await harness.database.pool.query('select median_hours as hours, cases from answering_times')
  return rows
}

describe('answering times', () => {
  it('are kept of whoever was asked often enough: introductions and enquiries count, open questions not yet', async () => {
    expect(await measured()).toEqual([{ hours: 6, cases: 3 }])
  })

  it('count a week without an answer', async () => {
    harness.clock.advance('8d')
    expect(await measured()).toEqual([{ hours: 8, cases: 4 }])
  })

  it('go when what is known is half a year old', async () => {
    harness.clock.advance('180d')
    expect(await measured()).toEqual([])
  })
})
