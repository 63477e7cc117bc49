import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { clarityElements } from '../demands/index.ts'

const said = { zh: z.string(), en: z.string() }

export const clarityResponse = defineSchema(
  'DemandClarity',
  z.object({
    score: z.int().min(0).max(100),
    minClarity: z.int().min(0).max(100).meta({ description: 'Below it the market refuses the demand.' }),
    elements: z.array(
      z.object({
        element: z.enum(clarityElements),
        weight: z.int().meta({ description: 'Points of 100: all of them when present, half when partial.' }),
        state: z.enum(['present', 'partial', 'missing']),
        evidence: z.string().optional().meta({ description: 'The words or the value it rests on.' }),
      }),
    ),
    candidates: z
      .int()
      .meta({ description: 'Supplies that pass the gates today and that the questions are counted on.' }),
    nextQuestion: z
      .object({ element: z.enum(clarityElements), ...said })
      .nullable()
      .meta({ description: 'The best of the questions about an element; null when every element is present.' }),
    questions: z
      .array(
        z.object({
          element: z.enum([...clarityElements, 'region']),
          ...said,
          separates: z.int().meta({ description: 'Candidates that an answer may tell from the rest.' }),
        }),
      )
      .meta({ description: 'Missing elements first, then partial ones; those that tell most candidates apart first.' }),
  }),
)
