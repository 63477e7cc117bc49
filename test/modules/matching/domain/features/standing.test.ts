import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentCharacters } from '../../../../../src/modules/matching/domain/features/content-characters.ts'
import { contentPreference } from '../../../../../src/modules/matching/domain/features/content-preference.ts'
import { referenceTitles } from '../../../../../src/modules/matching/domain/features/reference-titles.ts'
import { spreadAround } from '../../../../../src/modules/matching/domain/features/spread.ts'
import {
  contentSpread,
  contentStanding,
  standingPriors,
  titleSpread,
  titleStanding,
} from '../../../../../src/modules/matching/domain/features/standing.ts'
import { titleEmbedding } from '../../../../../src/modules/matching/domain/features/title-embedding.ts'
import { withHistory } from '../../../../../src/modules/matching/domain/prepare.ts'
import { preparedDemand, preparedSupply, TITLES, textModel } from '../market.ts'

const demands = TITLES.map((title, i) => preparedDemand({ title, body: `需要${TITLES[(i * 7 + 3) % TITLES.length]}` }))
const supplies = TITLES.map((title) => preparedSupply({ title }))
const anyDemand = fc.constantFrom(...demands)
const anySupply = fc.constantFrom(...supplies)

describe('standings', () => {
  it.each([
    { standing: titleStanding, plain: titleEmbedding },
    { standing: contentStanding, plain: contentCharacters },
  ])('$standing.name orders the supplies of one demand as $plain.name does', ({ standing, plain }) => {
    fc.assert(
      fc.property(anyDemand, anySupply, anySupply, (demand, one, other) => {
        const [above, over] = [standing, plain].map(
          ({ measure }) => (measure(demand, one) ?? 0) - (measure(demand, other) ?? 0),
        )
        expect(Math.sign(above ?? 0)).toBe(Math.sign(over ?? 0))
      }),
    )
  })

  it('compare with the titles of the market at large, one by one', () => {
    fc.assert(
      fc.property(anyDemand, (demand) => {
        const { contentGrams, titleVector } = demand
        if (contentGrams === undefined || titleVector === undefined) throw new Error('the demand has texts')
        const [content, title] = [contentCharacters, titleEmbedding].map(({ measure }) =>
          referenceTitles(textModel).flatMap((supply) => measure(demand, supply) ?? []),
        )
        const near = ({ mean, deviation }: { mean: number; deviation: number }) => ({
          mean: expect.closeTo(mean, 6),
          deviation: expect.closeTo(deviation, 6),
        })
        expect(contentSpread(contentGrams, textModel)).toEqual(
          near(spreadAround(standingPriors.content_standing, Float64Array.from(content ?? []))),
        )
        expect(titleSpread(titleVector, textModel)).toEqual(
          near(spreadAround(standingPriors.title_standing, Float64Array.from(title ?? []))),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('are the same in whatever order pairs and features are asked for', () => {
    const asked = fc.array(fc.tuple(anyDemand, anySupply, fc.constantFrom(contentStanding, contentPreference)))
    fc.assert(
      fc.property(asked, (questions) => {
        const ask = (list: typeof questions) => list.map(([demand, supply, { measure }]) => measure(demand, supply))
        expect(ask(questions.toReversed()).toReversed()).toEqual(ask(questions))
      }),
    )
  })

  it('do not depend on what brokers decided', () => {
    const [demand, supply] = [demands[0], supplies[1]]
    if (demand === undefined || supply === undefined) throw new Error('the market has titles')
    const informed = withHistory(demand, [{ id: 'm', supply, surprise: 0.5 }])
    for (const { measure } of [titleStanding, contentStanding, contentPreference])
      expect(measure(informed, supply)).toBe(measure(demand, supply))
  })
})
