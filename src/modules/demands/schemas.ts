import { z } from 'zod'
import { fenSchema } from '../../kernel/money.ts'
import { day, listOf, regionCode, text } from '../listings/index.ts'

const trl = z.int().min(1).max(9)

/** A demand's own fields (DOMAIN §2.3); the five elements follow DOMAIN §4.2. */
export const demandShape = {
  scenario: text(2000).optional(),
  problem: text(5000).optional(),
  currentPractice: text(2000).optional(),
  constraints: listOf(text(300)).optional(),
  elements: z
    .strictObject({
      material: text(500).optional(),
      method: text(500).optional(),
      efficacy: text(500).optional(),
      product: text(500).optional(),
      application: text(500).optional(),
    })
    .optional(),
  triedAndFailed: text(2000).optional(),
  trlMin: trl.optional(),
  trlMax: trl.optional(),
  deadline: day.optional().meta({ description: 'Last day on which a solution is still of use.' }),
  budgetMinFen: fenSchema.optional(),
  budgetMaxFen: fenSchema.optional(),
  budgetKind: z.enum(['contract', 'challenge', 'equity']).optional(),
  paymentPlan: text(500).optional(),
  ipOwnership: z.enum(['demander', 'shared', 'provider', 'negotiable']).optional(),
  preferredRegions: listOf(regionCode, 20).optional().meta({ description: 'Supplies from elsewhere are no match.' }),
  preferredInstitutions: listOf(text(120)).optional(),
  authenticityEvidence: listOf(text(300)).optional(),
  isCommonDemand: z.boolean().optional(),
}

export const demandDetails = z.object(demandShape)
export type DemandDetails = z.output<typeof demandDetails>
