import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

const taxonomyShape = {
  name: z.string(),
  title: bilingual,
  source: z.string().meta({ description: 'The standard or rule that the set follows.' }),
  edition: z.string(),
  date: z.iso.date(),
  note: z.string().optional().meta({ description: 'What is left out, and how far the set was checked.' }),
}

export const taxonomySummaryResponse = defineSchema(
  'TaxonomySummary',
  z.object({ ...taxonomyShape, termCount: z.int().min(0) }),
)

export const termResponse = defineSchema(
  'Term',
  z.object({
    code: z.string(),
    zh: z.string(),
    en: z.string(),
    parent: z.string().optional(),
    from: z.iso.date().optional().meta({ description: 'First day in force.' }),
    to: z.iso.date().optional().meta({ description: 'The day from which the code is no longer given.' }),
    description: bilingual.optional(),
    use: z.array(z.string()).optional().meta({ description: 'Reason codes: the places where it may be chosen.' }),
    contractType: z.string().optional(),
    ruleSource: z.string().optional(),
    rank: z.int().optional(),
    validYears: z.int().optional(),
    subject: z.string().optional(),
    scoreClass: z.string().optional(),
    blocksOpenLicence: z.boolean().optional(),
  }),
)

export const taxonomyResponse = defineSchema('Taxonomy', z.object({ ...taxonomyShape, terms: z.array(termResponse) }))

export const getTaxonomyQuery = z.object({
  parent: z.string().min(1).max(64).optional().meta({ description: 'Only the terms directly below this code.' }),
})
