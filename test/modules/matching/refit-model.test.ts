import { beforeEach, describe, expect, it } from 'vitest'
import type { ScoreModel } from '../../../src/modules/matching/domain/score-model.ts'
import { shippedModel } from '../../../src/modules/matching/domain/shipped-models.ts'
import { refitModel } from '../../../src/modules/matching/refit-model.ts'
import { activeScoreModel } from '../../../src/modules/matching/score-model-cache.ts'
import {
  insertScoreModel,
  listRefitRuns,
  listStoredModels,
  updateActiveModel,
} from '../../../src/modules/matching/score-model-repo.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { givenDecisions } from './decided-matches.ts'

const database = useTestDatabase()
const clock = testClock()
const deps = () => ({ db: database.db, clock })
beforeEach(() => database.reset())

const runs = async () => (await listRefitRuns(database.db, { limit: 10 })).items
const models = async () => (await listStoredModels(database.db, { limit: 10 })).items
const pin = () => database.pool.query("update score_models set is_pinned = true where state = 'active'")

describe('the nightly refit', () => {
  it('refuses on three decisions and leaves the reason; the shipped model stays in force', async () => {
    await givenDecisions(deps(), 3)
    await refitModel(deps())
    expect(await runs()).toMatchObject([
      { outcome: 'refused', approved: 2, rejected: 1, reason: expect.stringContaining('needs 30 approvals') },
    ])
    expect(await activeScoreModel(database.db)).toBe(shippedModel)
    expect(await models()).toMatchObject([{ version: shippedModel.version, state: 'active' }])
  })

  it('puts a model in force that foretells unseen decisions no worse, with its figures and the fact', async () => {
    await givenDecisions(deps(), 100)
    await refitModel(deps())
    const [run] = await runs()
    expect(run).toMatchObject({ outcome: 'activated', reason: null, approved: 50, rejected: 50 })
    const [model, shipped] = (await models()).sort((a) => (a.kind === 'refit' ? -1 : 1))
    expect(model).toMatchObject({ version: run?.version, state: 'active', trainingSize: 80 })
    expect(model?.metrics.candidate?.logLoss).toBeLessThanOrEqual(model?.metrics.active?.logLoss ?? 0)
    expect(shipped).toMatchObject({ version: shippedModel.version, state: 'retired' })
    expect((await activeScoreModel(database.db)).version).toBe(run?.version)
    const { rows } = await database.pool.query(
      "select data from outbox_events where type = 'score_model.activated' order by seq",
    )
    expect(rows.at(-1)?.data).toEqual({ version: run?.version })
  })

  it('leaves a model in force that foretells the unseen decisions better', async () => {
    // Reads titles alone and is as sure as can be; these brokers approve a demand's own title and nothing else.
    const sure: ScoreModel = {
      ...{ version: 'sure', oddsCuts: [20, 25, 30], levelCuts: [20, 25, 30] },
      features: [{ feature: 'title_characters', weight: 50, mean: 0, deviation: 1 }],
    }
    await insertScoreModel(database.db, {
      ...{ version: sure.version, kind: 'refit', state: 'candidate', isPinned: false, trainingSize: 60, metrics: {} },
      ...{ weights: sure, createdBy: null, createdAt: clock.now(), activatedAt: null },
    })
    await updateActiveModel(database.db, sure.version, clock.now())
    await givenDecisions(deps(), 100)
    await refitModel(deps())
    expect(await runs()).toMatchObject([{ outcome: 'kept_back', reason: expect.stringContaining('worse') }])
    expect((await activeScoreModel(database.db)).version).toBe(sure.version)
  })

  it('leaves a pinned model alone and keeps its own as a candidate', async () => {
    await refitModel(deps())
    await pin()
    await givenDecisions(deps(), 100)
    await refitModel(deps())
    expect((await runs()).map(({ outcome, reason }) => [outcome, reason])).toContainEqual([
      'kept_back',
      `An operator has pinned ${shippedModel.version}.`,
    ])
    expect((await models()).map(({ state }) => state).sort()).toEqual(['active', 'candidate'])
    expect(await activeScoreModel(database.db)).toBe(shippedModel)
  })
})
