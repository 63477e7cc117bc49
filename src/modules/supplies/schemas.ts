import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { fenSchema } from '../../kernel/money.ts'
import { parsePatentNumber, patentNumberSchema } from '../../kernel/patent-number.ts'
import { codeOf, day, listOf, text } from '../listings/index.ts'

const ipRight = defineSchema(
  'IpRight',
  z
    .strictObject({
      type: codeOf('ip-types'),
      number: text(40).optional().meta({ description: 'Checked for patents: application, publication or PCT number.' }),
      jurisdiction: z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be a two-letter country code')
        .optional(),
      legalState: z.enum(['pending', 'granted', 'lapsed', 'rejected']),
      expiresOn: day.optional(),
      coOwners: listOf(text(120), 10).optional(),
      encumbrances: listOf(codeOf('encumbrances'), 4).optional(),
    })
    .overwrite((right) => {
      const parsed = parsePatentNumber(chinesePatentNumberOf(right) ?? '')
      return parsed.ok ? { ...right, number: parsed.normalised } : right
    })
    .superRefine((right, context) => {
      const number = chinesePatentNumberOf(right)
      const message = number && patentNumberSchema.safeParse(number).error?.issues[0]?.message
      if (message) context.addIssue({ code: 'custom', path: ['number'], message })
    }),
)

type NumberedRight = { type: string; number?: string | undefined; jurisdiction?: string | undefined }

/** The number that the rules of the Chinese office apply to. */
function chinesePatentNumberOf({ type, number, jurisdiction = 'CN' }: NumberedRight): string | undefined {
  const isPatent = ['invention', 'utility_model', 'design', 'pct'].includes(type)
  return isPatent && jurisdiction === 'CN' ? number : undefined
}

const attachment = defineSchema(
  'Attachment',
  z.strictObject({
    name: text(200),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    sizeBytes: z.int().min(1).max(500_000_000),
    mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type such as application/pdf'),
  }),
)

/** A supply's own fields (DOMAIN §2.3). */
export const supplyShape = {
  coreClaim: text(2000).optional(),
  problemSolved: text(2000).optional(),
  advantages: listOf(
    z.strictObject({
      claim: text(300),
      comparison: text(300).optional(),
      evidence: text(300).optional().meta({ description: 'What proves it: a report, its issuer and number.' }),
    }),
    20,
  ).optional(),
  applications: listOf(text(120)).optional(),
  trl: z.int().min(1).max(9).optional().meta({ description: 'Technology readiness level, GB/T 22900.' }),
  trlEvidence: listOf(text(300)).optional(),
  trlAssessedBy: text(120).optional(),
  trlAssessedOn: day.optional(),
  pilotStatus: z.enum(['none', 'proof_of_concept', 'pilot_scale', 'mass_production']).optional(),
  ipRights: listOf(ipRight, 50).optional(),
  isServiceInvention: z.boolean().optional().meta({ description: '职务成果.' }),
  inventors: listOf(text(60), 30).optional(),
  fundingSource: text(300).optional(),
  priceMode: codeOf('price-modes').optional(),
  priceMinFen: fenSchema.optional(),
  priceMaxFen: fenSchema.optional(),
  royaltyTerms: text(500).optional(),
  territory: text(120).optional(),
  sampleAvailability: text(300).optional(),
  equipmentNeeded: text(500).optional(),
  teamSupport: text(500).optional(),
  attachments: listOf(attachment).optional(),
}

export const supplyDetails = z.object(supplyShape)
export type SupplyDetails = z.output<typeof supplyDetails>
