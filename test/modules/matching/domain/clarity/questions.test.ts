import { describe, expect, it } from 'vitest'
import { orderQuestions, separatedBy } from '../../../../../src/modules/matching/domain/clarity/questions.ts'

describe('separatedBy', () => {
  it('counts all but the largest group that says the same', () => {
    expect(separatedBy([])).toBe(0)
    expect(separatedBy(['7', '7', '7'])).toBe(0)
    expect(separatedBy(['', '', '50'])).toBe(1)
    expect(separatedBy(['10', '20', '30', ''])).toBe(3)
  })
})

describe('orderQuestions', () => {
  it('asks first what was never said, then what tells most apart, then what weighs most', () => {
    const question = (topic: string, isMissing: boolean, separates: number, weight: number) => ({
      ...{ topic, isMissing, separates, weight },
    })
    const ordered = orderQuestions([
      question('half said', false, 90, 20),
      question('light', true, 5, 5),
      question('heavy', true, 5, 16),
      question('telling', true, 40, 6),
    ])
    expect(ordered.map(({ topic }) => topic)).toEqual(['telling', 'heavy', 'light', 'half said'])
  })
})
