import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isInSample,
  nextStep,
  type ReadingAnswer,
  type ReviewStage,
  readingAnswers,
} from '../../../../src/modules/review/domain/second-reading.ts'

const ids = Array.from({ length: 4_000 }, (_, number) => `rev_${number}`)

describe('the sample for a second reading', () => {
  it('is the wanted share, and a larger share contains a smaller', () => {
    const fifth = ids.filter((id) => isInSample(id, 0.2))
    expect(fifth.length / ids.length).toBeCloseTo(0.2, 1)
    expect(fifth.filter((id) => !isInSample(id, 0.3))).toEqual([])
    expect(ids.some((id) => isInSample(id, 0))).toBe(false)
    expect(ids.every((id) => isInSample(id, 1))).toBe(true)
  })
})

describe('the next step', () => {
  it.each<[ReviewStage, ReadingAnswer, ReadingAnswer | undefined, boolean, string]>([
    ['first', 'approve', undefined, false, 'settled'],
    ['first', 'reject', undefined, true, 'second'],
    ['first', 'escalate', undefined, true, 'senior'],
    ['second', 'approve', 'approve', false, 'settled'],
    ['second', 'approve', 'reject', false, 'senior'],
    ['second', 'escalate', 'reject', false, 'senior'],
    ['senior', 'reject', undefined, false, 'settled'],
  ])('at stage %s after %s (before: %s, sampled: %s) is %s', (stage, answer, firstAnswer, isSampled, to) => {
    expect(nextStep({ stage, answer, firstAnswer, isSampled })).toMatchObject({ to })
  })

  it('settles after three readings at most, with the last answer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...readingAnswers), { minLength: 3 }),
        fc.boolean(),
        (answers, isSampled) => {
          let stage: ReviewStage = 'first'
          for (const answer of answers.slice(0, 3)) {
            if (stage === 'senior' && answer === 'escalate') return
            const next = nextStep({ stage, answer, firstAnswer: answers[0], isSampled })
            if (next.to === 'settled') {
              expect(next.decision).toBe(answer)
              return
            }
            stage = next.to
          }
          expect.unreachable('nobody settled it')
        },
      ),
    )
  })
})
