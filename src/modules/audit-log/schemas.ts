import { z } from 'zod'
import { fileAnswer } from '../../http/files.ts'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'

const instant = z.iso.datetime({ offset: true })

export const listEntriesQuery = z.object({
  ...pageQuery,
  organisationId: idSchema('organisation').optional(),
  userId: idSchema('user').optional(),
  action: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, 'must be an action such as "review_item.decided"')
    .optional(),
  objectId: z.string().min(1).max(100).optional(),
  from: instant.optional().meta({ description: 'First instant, inclusive.' }),
  to: instant.optional().meta({ description: 'Last instant, inclusive.' }),
})
export const exportEntriesQuery = z.object({
  organisationId: idSchema('organisation')
    .optional()
    .meta({ description: 'Whose chain; your own organisation’s without it.' }),
})

/** One record a line, as `npm run audit:verify -- --file` reads it. */
export const entriesExport = fileAnswer('application/x-ndjson')

export type ListEntriesQuery = z.output<typeof listEntriesQuery>

export const auditEntryResponse = defineSchema(
  'AuditEntry',
  z.object({
    id: idSchema('audit'),
    seq: z.int(),
    orgId: idSchema('organisation').nullable(),
    userId: idSchema('user').nullable(),
    action: z.string(),
    objectId: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()).meta({ description: 'Ids and codes; never texts, contacts or secrets.' }),
    at: z.iso.datetime(),
    requestId: z.string().optional().meta({ description: 'Of the request that asked for it; absent for jobs.' }),
    network: z.string().optional().meta({
      description: 'From where your own people asked, as an IPv4 /24 or IPv6 /48; of others it is not kept.',
    }),
    link: z
      .object({ chain: z.guid(), position: z.int(), prevHash: z.string(), hash: z.string() })
      .nullable()
      .meta({ description: 'Place in the hash chain of its organisation; null for the first seconds.' }),
  }),
)
