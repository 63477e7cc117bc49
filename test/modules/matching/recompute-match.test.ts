import { beforeEach, describe, expect, it } from 'vitest'
import { withTx } from '../../../src/db/tx.ts'
import { newId } from '../../../src/kernel/ids.ts'
import { shippedModel, shippedModels } from '../../../src/modules/matching/domain/shipped-models.ts'
import { markMatchDecided } from '../../../src/modules/matching/index.ts'
import { matchListing } from '../../../src/modules/matching/match-listing.ts'
import type { Match, Side } from '../../../src/modules/matching/match-repo.ts'
import { recomputeMatch } from '../../../src/modules/matching/recompute-match.ts'
import { insertScoreModel, updateActiveModel } from '../../../src/modules/matching/score-model-repo.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { given, type Made } from '../../support/given.ts'
import { BATTERY_DEMAND, BATTERY_SUPPLY, NOISE, noiseSupply } from './texts.ts'
import { wholeMatchesOf } from './whole-matches.ts'

const database = useTestDatabase()
const clock = testClock()
const deps = () => ({ db: database.db, clock })
let wanted: Made

beforeEach(async () => {
  await database.reset()
  const market = given(deps())
  await market.market({ publishOnSubmit: true })
  const made = [await market.publishedSupply(BATTERY_SUPPLY)]
  made.push(await market.publishedSupply({ ...BATTERY_SUPPLY, title: '磷酸铁锂正极材料低温改性技术' }))
  for (const title of NOISE.slice(0, 24)) made.push(await market.publishedSupply(noiseSupply(title)))
  wanted = await market.publishedDemand(BATTERY_DEMAND)
  for (const { listing } of [...made, wanted]) await match(listing.id)
})

const match = (id: string) => matchListing(deps(), { listingId: id as Side })
const best = async (): Promise<Match> => {
  const found = await wholeMatchesOf(database.db, wanted.listing.id as Side)
  const [first] = found.filter(({ state }) => state === 'proposed').sort((a, b) => b.score - a.score)
  if (first === undefined) throw new Error('no open match')
  return first
}
const recompute = async () => recomputeMatch(database.db, (await best()).id)

describe('match:recompute', () => {
  it('finds the same bytes again', async () => {
    expect((await best()).parts.length).toBeGreaterThan(4)
    expect(await recompute()).toEqual({ status: 'identical' })
  })

  it('finds them also for a score that rests on decisions, whatever is decided later', async () => {
    const decided = await best()
    await withTx(database.db, (tx) => markMatchDecided(tx, decided.id, 'rejected', clock.now()))
    const before = await best()
    await match(wanted.listing.id)
    const after = await best()
    expect(after.history).toEqual([decided.id])
    expect(after.score).toBeLessThan(before.score)
    expect(after.parts.at(-1)).toMatchObject({
      feature: 'decision_history',
      evidence: [{ kind: 'decision', term: decided.id }],
    })
    expect(await recompute()).toEqual({ status: 'identical' })
  })

  it('finds them also for a score that knew how soon the sides answer, whatever is measured later', async () => {
    const entry = { feature: 'responsiveness' as const, weight: 0.5, mean: 0.5, deviation: 0.25 }
    const weights = { ...shippedModel, version: 'timed', features: [...shippedModel.features, entry] }
    await insertScoreModel(database.db, {
      ...{ version: 'timed', kind: 'refit', state: 'candidate', isPinned: false, trainingSize: 0, metrics: {} },
      ...{ weights, createdBy: null, createdAt: clock.now(), activatedAt: null },
    })
    await updateActiveModel(database.db, 'timed', clock.now())
    await match(wanted.listing.id)
    const unknown = await best()
    expect(unknown.parts.at(-1)).toMatchObject({
      feature: 'responsiveness',
      value: null,
      contribution: 0,
      evidence: [],
    })
    await database.pool.query(
      'insert into answering_times select org_id, 3.3, 7, now() from match_documents group by org_id',
    )
    for (const side of [wanted.listing.id, unknown.supplyId]) {
      await match(side)
      const timed = await best()
      expect(timed.score).toBeGreaterThan(unknown.score)
      const told = { kind: 'answering', hours: 3.3, cases: 7 }
      expect(timed.parts.at(-1)?.evidence).toMatchObject([
        { ...told, side: 'demand' },
        { ...told, side: 'supply' },
      ])
      expect(timed.explanation.join()).toContain('供给方通常在 4 小时内答复')
    }
    await withTx(database.db, async (tx) => markMatchDecided(tx, (await best()).id, 'approved', clock.now()))
    const { rows } = await database.pool.query('select supply_facts from match_decisions')
    expect(rows[0].supply_facts.answering).toEqual({ hours: 3.3, cases: 7 })
    await match(wanted.listing.id)
    await database.pool.query('update answering_times set median_hours = 100')
    expect(await recompute()).toEqual({ status: 'identical' })
  })

  it.each(shippedModels)('finds the bytes of $version again, whatever is in force now', async (model) => {
    const { version } = model
    await insertScoreModel(database.db, {
      ...{ version, kind: 'shipped', state: 'candidate', isPinned: false, trainingSize: 0, metrics: {} },
      ...{ weights: model, createdBy: null, createdAt: clock.now(), activatedAt: null },
    })
    await updateActiveModel(database.db, version, clock.now())
    await match(wanted.listing.id)
    expect((await best()).modelVersion).toMatch(new RegExp(`^${version}/`))
    await database.pool.query('delete from score_models')
    expect(await recompute()).toEqual({ status: 'identical' })
  })

  it('tells a stored score that is not the computed one', async () => {
    await database.pool.query('update matches set score = score + 1e-15')
    expect(await recompute()).toMatchObject({ status: 'different', differences: [{ field: 'score' }] })
  })

  it('says so when a listing has changed since', async () => {
    await database.pool.query('update match_documents set version = version + 1')
    expect(await recompute()).toMatchObject({ status: 'changed_listing', reason: expect.stringContaining('demand') })
  })

  it('knows no match that is not there', async () => {
    await expect(recomputeMatch(database.db, newId('match'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
