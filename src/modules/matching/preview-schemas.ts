import { z } from 'zod'
import { demandKind } from '../demands/index.ts'
import { schemasOf, text } from '../listings/index.ts'
import { supplyKind } from '../supplies/index.ts'

/** Identity, confidential text and what only a stored listing needs: none of it is compared. */
const notCompared = ['confidentialDetail', 'contact', 'externalId', 'provenance', 'validUntil', 'attachments']

/** The fields of an unsaved listing: those of a create body, of which only the title is required, or a plain `text`. */
function unsaved(definition: typeof demandKind) {
  const { title, ...shape } = schemasOf(definition).createBody.shape as Record<string, z.ZodType>
  const optional = Object.entries(shape).filter(([name]) => !notCompared.includes(name))
  return z.strictObject({
    title: title ?? text(120),
    text: text(20_000).optional().meta({ description: 'Everything else in one piece.' }),
    ...Object.fromEntries(optional.map(([name, field]) => [name, field.optional()])),
  })
}

export const previewMatchBody = z.strictObject({
  demand: unsaved(demandKind),
  supply: unsaved(supplyKind)
    .optional()
    .meta({ description: 'Score this one text; without it, the market is searched.' }),
})
export type PreviewMatch = { demand: Record<string, unknown>; supply?: Record<string, unknown> | undefined }
