import { z } from 'zod'
import { answers } from '../../rules/index.ts'

/** What rules say of an organisation, as answers carry it. */
export const eligibilityShape = {
  answer: z.enum(answers),
  daysToExpiry: z.int().optional().meta({ description: 'Days until a yes ends by itself.' }),
  holdsUntil: z.iso.date().optional(),
  reasons: z.array(z.string()).meta({ description: 'The conditions that made it no, or that are open.' }),
  missing: z.array(z.string()).meta({ description: 'Evidence that would turn unknown into yes or no.' }),
}
