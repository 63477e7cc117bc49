import { beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '../../../src/kernel/ids.ts'
import { answerIntroduction } from '../../../src/modules/introductions/answer-introduction.ts'
import { chaseIntroductions } from '../../../src/modules/introductions/chase-introductions.ts'
import { closeAskedOfListing } from '../../../src/modules/introductions/close-asked-of-listing.ts'
import { getIntroduction } from '../../../src/modules/introductions/index.ts'
import { openIntroduction } from '../../../src/modules/introductions/open-introduction.ts'
import { withdrawListing } from '../../../src/modules/listings/withdraw-listing.ts'
import { givenAcceptedIntroduction, givenApprovedMatch, givenIntroduction } from '../../support/given-introduction.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
beforeEach(() => harness.reset())

const eventsOf = async (type: string) =>
  (await harness.database.pool.query('select data from outbox_events where type = $1 order by seq', [type])).rows.map(
    ({ data }) => data,
  )

describe('an approved match', () => {
  it('opens one introduction through its event, however often the job runs', async () => {
    const { matchId, broker } = await givenApprovedMatch(harness)
    await harness.drain()
    await openIntroduction(harness.deps, { matchId })
    expect(await eventsOf('introduction.opened')).toMatchObject([{ matchId, brokerId: broker.userId }])
    const { rows } = await harness.database.pool.query('select state, broker_org_id from introductions')
    expect(rows).toMatchObject([{ state: 'asked' }])
  })

  it('asks nobody when a side has left the market meanwhile', async () => {
    const { matchId, supply } = await givenApprovedMatch(harness)
    await withdrawListing(harness.deps, supply.owner, { definition: supply.definition, id: supply.listing.id })
    expect(await openIntroduction(harness.deps, { matchId })).toMatchObject({ status: 'cancel' })
    expect(await eventsOf('introduction.opened')).toEqual([])
  })
})

describe('silence', () => {
  it('is chased twice by the rules of the market, only where there is no answer, and then closed', async () => {
    const { introduction, demand } = await givenIntroduction(harness)
    const { id } = introduction
    await answerIntroduction(harness.deps, demand.owner, { id, answer: 'accept' })
    const run = async (span: Parameters<typeof harness.clock.advance>[0]) => {
      harness.clock.advance(span)
      await chaseIntroductions(harness.deps)
      const { state, chases } = await getIntroduction(harness.deps.db, id)
      return [state, chases]
    }
    expect(await run('2d')).toEqual(['asked', 0])
    expect(await run('1d')).toEqual(['asked', 1])
    expect(await run('1h')).toEqual(['asked', 1])
    expect(await run('4d')).toEqual(['asked', 2])
    expect(await run('6d')).toEqual(['asked', 2])
    expect(await run('1d')).toEqual(['closed', 2])
    expect(await eventsOf('introduction.chased')).toMatchObject([{ sides: ['supply'] }, { sides: ['supply'] }])
    expect(await eventsOf('introduction.closed')).toMatchObject([
      { introductionId: id, endedBy: 'silence', reasonCode: 'no_response', wasAccepted: false },
    ])
  })

  it('of a market with other rules counts by those', async () => {
    await harness.given.market({ introductionChaseDays: [1], introductionAnswerDays: 2 })
    const { introduction } = await givenIntroduction(harness)
    for (const state of ['asked', 'closed']) {
      harness.clock.advance('1d')
      await chaseIntroductions(harness.deps)
      expect((await getIntroduction(harness.deps.db, introduction.id)).state).toBe(state)
    }
  })
})

describe('a listing that leaves the market', () => {
  it('takes its open question back and leaves what both accepted', async () => {
    const asked = await givenIntroduction(harness)
    const accepted = await givenAcceptedIntroduction(harness)
    for (const { demand } of [asked, accepted]) {
      await withdrawListing(harness.deps, demand.owner, { definition: demand.definition, id: demand.listing.id })
      await closeAskedOfListing(harness.deps, { listingId: demand.listing.id as Id<'demand'> })
    }
    expect(await getIntroduction(harness.deps.db, asked.introduction.id)).toMatchObject({
      ...{ state: 'closed', endedBy: 'listing', reasonCode: 'no_longer_needed' },
    })
    expect((await getIntroduction(harness.deps.db, accepted.introduction.id)).state).toBe('accepted')
  })
})
