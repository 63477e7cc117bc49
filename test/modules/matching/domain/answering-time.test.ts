import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answeringTimeOf,
  type Question,
  responsivenessOf,
} from '../../../../src/modules/matching/domain/answering-time.ts'

const answered = (hours: number): Question => ({ hours, end: 'answered' })
const question = fc.record({
  hours: fc.double({ min: 0, max: 5_000, noNaN: true }),
  end: fc.constantFrom<Question['end'][]>('answered', 'silence', 'none'),
})

describe('the answering time of an organisation', () => {
  it('is the median of three cases or more, and absent below', () => {
    expect(answeringTimeOf([answered(1), answered(2)])).toBeUndefined()
    expect(answeringTimeOf([30, 2, 6].map(answered))).toEqual({ hours: 6, cases: 3 })
    expect(answeringTimeOf([30, 2, 6, 9].map(answered))).toEqual({ hours: 7.5, cases: 4 })
  })

  it('takes silence, and a week without an answer, for a week, and a shorter wait for no case', () => {
    const asked: Question[] = [answered(4), { hours: 30, end: 'silence' }, { hours: 400, end: 'none' }]
    expect(answeringTimeOf(asked)).toEqual({ hours: 168, cases: 3 })
    expect(answeringTimeOf([answered(4), answered(5), { hours: 100, end: 'none' }])).toBeUndefined()
  })

  it('lies within the answers whatever their order, and grows when one comes later', () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 3 }), fc.nat(), (questions, at) => {
        const time = answeringTimeOf(questions)
        expect(answeringTimeOf([...questions].reverse())).toEqual(time)
        if (time === undefined) return
        expect(time.hours).toBeGreaterThanOrEqual(0)
        expect(time.hours).toBeLessThanOrEqual(168)
        expect(time.cases).toBeLessThanOrEqual(questions.length)
        const later = questions.map((one, i) =>
          i === at % questions.length && one.end !== 'none' ? { ...one, hours: one.hours + 10 } : one,
        )
        expect(answeringTimeOf(later)?.hours).toBeGreaterThanOrEqual(time.hours)
      }),
    )
  })
})

describe('responsiveness', () => {
  it.each([
    [0, 1],
    [6, 0.62],
    [24, 0.37],
    [72, 0.16],
    [168, 0],
    [500, 0],
  ])('of %d hours is %d', (hours, value) => {
    expect(responsivenessOf({ hours, cases: 3 })).toBeCloseTo(value, 2)
  })
})
