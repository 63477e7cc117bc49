import { describe, expect, it } from 'vitest'
import { openItems, startOfDay } from '../../../src/modules/review/open-items.ts'
import { openWaiting } from '../../../src/modules/review/open-waiting.ts'
import { findWaiting } from '../../../src/modules/review/opening-view.ts'
import { givenDemands, givenMatches, givenScene, givenSupplies, type Scene } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()
const openScores = async () =>
  (await api.rowsOf(`select score from review_items where state = 'open' order by score`)).map(({ score }) => score)

/** One demand with a supply and a proposed match for each score. */
async function givenProposals(scene: Scene, scores: readonly number[]) {
  const [demand] = await givenDemands(scene, 1)
  if (!demand) throw new Error('a demand expected')
  const supplies = await givenSupplies(scene, scores.length)
  return givenMatches(
    api,
    supplies.map((supply, index) => ({ demand, supply, score: scores[index] ?? 0 })),
  )
}

describe('opening items that waited', () => {
  it('opens on the next day in China what the limit of a day held back, the best first', async () => {
    const scene = await givenScene(api, { maxMatchesPerListingDay: 2, matchThreshold: 0.5 })
    await openItems(api.deps, { matchIds: await givenProposals(scene, [0.4, 0.6, 0.7, 0.8, 0.9, 0.95]) })
    expect(await openScores()).toEqual([0.9, 0.95])
    await openWaiting(api.deps)
    expect(await openScores()).toEqual([0.9, 0.95])
    api.clock.advance('1d')
    await openWaiting(api.deps)
    expect(await openScores()).toEqual([0.7, 0.8, 0.9, 0.95])
    expect(await api.eventsOf('review_item.opened')).toHaveLength(4)
  })

  it('opens the next one when a broker has decided on those before it', async () => {
    const scene = await givenScene(api, { maxMatchesPerListing: 1 })
    await openItems(api.deps, { matchIds: await givenProposals(scene, [0.8, 0.9]) })
    await api.rowsOf(
      `update review_items set state = 'decided', decision = 'reject', decided_at = clock_timestamp(),
         decided_by = (select id from users limit 1)`,
    )
    await openWaiting(api.deps)
    expect(await openScores()).toEqual([0.8])
    await openWaiting(api.deps)
    expect(await api.rowsOf('select id from review_items')).toHaveLength(2)
  })

  it('does not let a full listing stand before the others', async () => {
    const scene = await givenScene(api, { maxMatchesPerListing: 2 })
    await openItems(api.deps, { matchIds: await givenProposals(scene, [0.8, 0.85, 0.9, 0.95]) })
    const [waiting] = await givenProposals(scene, [0.7])
    const limits = { threshold: 0.5, perListing: 2, perListingDay: 1_000, perOrganisationDay: 1_000 }
    const first = { market: 'ningbo', ...limits, since: startOfDay(api.clock.now()), limit: 1 }
    expect(await findWaiting(api.deps.db, first)).toEqual([waiting])
    await openWaiting(api.deps)
    expect(await openScores()).toEqual([0.7, 0.9, 0.95])
  })

  it('does not let a full organisation stand before the others', async () => {
    const scene = await givenScene(api, { maxMatchesPerOrganisationDay: 2 })
    await openItems(api.deps, { matchIds: await givenProposals(scene, [0.8, 0.9, 0.95, 0.99]) })
    const others = { enterprise: await scene.now.organisation(), university: await scene.now.organisation() }
    await givenProposals({ ...scene, ...others }, [0.7])
    await openWaiting(api.deps)
    expect(await openScores()).toEqual([0.7, 0.95, 0.99])
  })
})
