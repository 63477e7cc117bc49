import type { z } from 'zod'
import { clarityQuestions } from '../demands/index.ts'
import type { clarityResponse } from './clarity-schemas.ts'
import type { DemandClarity } from './read-clarity.ts'

export function toClarityResponse(found: DemandClarity): z.input<typeof clarityResponse> {
  const { clarity, minClarity, candidates, questions } = found
  const element = questions.map(({ topic }) => topic).find((topic) => topic !== 'region')
  return {
    score: clarity.score,
    minClarity,
    elements: [...clarity.elements],
    candidates,
    nextQuestion: element ? { element, ...clarityQuestions[element] } : null,
    questions: questions.map(({ topic, separates }) => ({ element: topic, ...clarityQuestions[topic], separates })),
  }
}
