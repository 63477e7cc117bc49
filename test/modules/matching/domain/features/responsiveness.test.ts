import { describe, expect, it } from 'vitest'
import { responsivenessOf } from '../../../../../src/modules/matching/domain/answering-time.ts'
import { explain } from '../../../../../src/modules/matching/domain/explain.ts'
import { responsiveness } from '../../../../../src/modules/matching/domain/features/responsiveness.ts'
import { scorePair } from '../../../../../src/modules/matching/domain/score.ts'
import type { ScoreModel } from '../../../../../src/modules/matching/domain/score-model.ts'
import { shippedModel, shippedModels } from '../../../../../src/modules/matching/domain/shipped-models.ts'
import type { Facts } from '../../../../../src/modules/matching/domain/types.ts'
import { preparedDemand, preparedSupply } from '../market.ts'

const quick = { hours: 5.5, cases: 12 }
const slow = { hours: 90, cases: 4 }
const pair = (demand: Facts['answering'], supply: Facts['answering']) =>
  [preparedDemand({ title: '压铸', answering: demand }), preparedSupply({ title: '压铸', answering: supply })] as const
const entry = { feature: 'responsiveness' as const, weight: 0.2, mean: 0.5, deviation: 0.25 }
const learnt: ScoreModel = { ...shippedModel, version: 'learnt', features: [...shippedModel.features, entry] }
const sentences = (demand: Facts['answering'], supply: Facts['answering'], model = learnt) => {
  const [one, other] = pair(demand, supply)
  return explain({ demand: one, supply: other, score: scorePair(one, other, model) }, (_, code) => code)
}

describe('responsiveness', () => {
  it('is that of the slower side, of the one that is known, and absent when none is', () => {
    expect(responsiveness.measure(...pair(quick, slow))).toBe(responsivenessOf(slow))
    expect(responsiveness.measure(...pair(quick, undefined))).toBe(responsivenessOf(quick))
    expect(responsiveness.measure(...pair(undefined, undefined))).toBeUndefined()
  })

  it('adds nothing when it is absent, and moves a score by its weight otherwise', () => {
    const scoreOf = (...[demand, supply]: Parameters<typeof pair>) => scorePair(...pair(demand, supply), learnt).value
    const plain = scorePair(...pair(undefined, undefined), shippedModel).value
    expect(scoreOf(undefined, undefined)).toBe(plain)
    expect(scoreOf(quick, quick)).toBeGreaterThan(plain)
    expect(scoreOf(quick, slow)).toBeLessThan(plain)
  })

  it('changes no score of a model that ships', () => {
    for (const model of shippedModels) {
      expect(scorePair(...pair(quick, slow), model)).toEqual(scorePair(...pair(undefined, undefined), model))
    }
    expect(sentences(quick, slow, shippedModel).join()).not.toContain('答复')
  })

  it('is told of each side that is known', () => {
    expect(sentences(undefined, quick)).toContain('供给方通常在 6 小时内答复（近 180 天 12 次询问的中位数）。')
    expect(sentences(slow, quick)).toContain('需求方通常在 4 天内答复（近 180 天 4 次询问的中位数）。')
    expect(sentences({ hours: 168, cases: 3 }, undefined)).toContain(
      '需求方多半一周内不答复（近 180 天 3 次询问的中位数）。',
    )
    expect(sentences(undefined, undefined).join()).not.toContain('答复')
  })
})
