import { beforeEach, describe, expect, it } from 'vitest'
import { activateModel } from '../../../src/modules/matching/activate-model.ts'
import { shippedModel } from '../../../src/modules/matching/domain/shipped-models.ts'
import { matchListing } from '../../../src/modules/matching/match-listing.ts'
import { listMatchesOf, type Side } from '../../../src/modules/matching/match-repo.ts'
import { readModel } from '../../../src/modules/matching/read-models.ts'
import { rescoreMatches } from '../../../src/modules/matching/rescore-matches.ts'
import { insertScoreModel } from '../../../src/modules/matching/score-model-repo.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { given, type Made } from '../../support/given.ts'
import { BATTERY_DEMAND, BATTERY_SUPPLY } from './texts.ts'

const database = useTestDatabase()
const clock = testClock()
const deps = () => ({ db: database.db, clock })
let wanted: Made

/** Twice as sure of everything. */
const other = {
  ...shippedModel,
  version: 'refit-test',
  features: shippedModel.features.map((entry) => ({ ...entry, weight: entry.weight * 2 })),
}

beforeEach(async () => {
  await database.reset()
  const market = given(deps())
  await market.market({ publishOnSubmit: true })
  const offered = [await market.publishedSupply(BATTERY_SUPPLY), await market.publishedSupply(BATTERY_SUPPLY)]
  wanted = await market.publishedDemand(BATTERY_DEMAND)
  for (const { listing } of [...offered, wanted]) await matchListing(deps(), { listingId: listing.id as Side })
  await insertScoreModel(database.db, {
    ...{ version: other.version, kind: 'refit', state: 'candidate', isPinned: false, trainingSize: 60, metrics: {} },
    ...{ weights: other, createdBy: null, createdAt: clock.now(), activatedAt: null },
  })
  await activateModel(deps(), await market.operator(), other.version)
})

const matches = async () =>
  (await listMatchesOf(database.db, wanted.listing.id as Side)).sort((a, b) => (a.id < b.id ? -1 : 1))
const progress = async () => (await readModel(deps(), other.version)).progress
const events = async () =>
  (await database.pool.query("select count(*)::int as count from outbox_events where type = 'matches.proposed'"))
    .rows[0].count

describe('re-scoring after an activation', () => {
  it('brings open matches to the new model, tells how far it is, and announces what changed', async () => {
    expect(await progress()).toEqual({ rescored: 0, total: 2 })
    const announced = await events()
    const before = await matches()
    expect(await rescoreMatches(deps(), { version: other.version })).toMatchObject({ status: 'snooze' })
    expect(await rescoreMatches(deps(), { version: other.version })).toBeUndefined()
    expect(await progress()).toEqual({ rescored: 2, total: 2 })
    const after = await matches()
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    for (const [i, match] of after.entries()) {
      expect(match.modelVersion).toMatch(/^refit-test\//)
      expect(match.score).not.toBe(before[i]?.score)
    }
    expect(await events()).toBe(announced + 1)
  })

  it('changes nothing when it runs again', async () => {
    await rescoreMatches(deps(), { version: other.version })
    const [once, announced] = [await matches(), await events()]
    clock.advance('1h')
    expect(await rescoreMatches(deps(), { version: other.version })).toBeUndefined()
    expect(await matches()).toEqual(once)
    expect(await events()).toBe(announced)
  })

  it('gives up when another model has come into force meanwhile', async () => {
    await activateModel(deps(), await given(deps()).operator(), shippedModel.version)
    expect(await rescoreMatches(deps(), { version: other.version })).toMatchObject({ status: 'cancel' })
  })

  it('leaves decided matches as they were decided', async () => {
    await database.pool.query("update matches set state = 'approved', decided_at = now()")
    const before = await matches()
    expect(await rescoreMatches(deps(), { version: other.version })).toBeUndefined()
    expect(await matches()).toEqual(before)
  })
})
