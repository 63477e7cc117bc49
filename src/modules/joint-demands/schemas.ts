import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { jointStates, memberAnswers } from './domain/joint-demand.ts'

export const listJointsQuery = z.object({ ...pageQuery, state: z.enum(jointStates).optional() })
export const decideJointBody = z.strictObject({ decision: z.enum(['accept', 'dismiss']) })
export const answerJointBody = z.strictObject({ answer: z.enum(memberAnswers) })

export const jointResponse = defineSchema(
  'JointDemand',
  z.object({
    id: idSchema('jointDemand'),
    market: z.string(),
    title: z.string(),
    state: z.enum(jointStates),
    memberCount: z.int(),
    members: z
      .array(
        z.object({
          organisation: z.object({ id: idSchema('organisation'), name: z.string() }).optional(),
          demandId: idSchema('demand'),
          budgetFen: z.int().optional(),
          shareBasisPoints: z.int().meta({ description: 'Draft of its part in the cost; by budgets, else equal.' }),
          answer: z.enum(memberAnswers).optional(),
        }),
      )
      .meta({ description: 'Operators see all; a member itself, and from its yes on the others who have agreed.' }),
    answerBy: z.iso.datetime().optional().meta({ description: 'Silence is a no.' }),
    demandId: idSchema('demand').optional().meta({ description: 'The draft, of the member that bears most.' }),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
  }),
)
export const jointsResponse = pageSchema(jointResponse)
