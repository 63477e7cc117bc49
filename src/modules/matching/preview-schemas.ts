import { z } from 'zod'
import { demandKind } from '../demands/index.ts'
import { schemasOf } from '../listings/index.ts'
import { supplyKind } from '../supplies/index.ts'

/** Identity, confidential text and what only a stored listing needs: none of it is compared. */
const notCompared = ['confidentialDetail', 'contact', 'externalId', 'provenance', 'validUntil', 'attachments']

/** Longer than a listing's may be: whoever tries a text may paste all of it anywhere. Nothing at all is a text, too. */
const anyText = () => z.string().trim().max(20_000)

/** The fields of an unsaved listing: those of a create body, of which only the title is required, or a plain `text`. */
function unsaved(definition: typeof demandKind) {
  const { title: _title, ...shape } = schemasOf(definition).createBody.shape as Record<string, z.ZodType>
  const optional = Object.entries(shape).filter(([name]) => !notCompared.includes(name))
  return z
    .strictObject({
      ...Object.fromEntries(optional.map(([name, field]) => [name, field.optional()])),
      title: anyText(),
      text: anyText().optional().meta({ description: 'Everything else in one piece.' }),
    })
    .optional()
}

export const previewMatchBody = z
  .strictObject({
    demand: unsaved(demandKind).meta({ description: 'Without a supply: scored against the supplies on the market.' }),
    supply: unsaved(supplyKind).meta({ description: 'Without a demand: scored against the demands on the market.' }),
  })
  .refine(({ demand, supply }) => demand !== undefined || supply !== undefined, {
    path: ['demand'],
    error: 'name a demand, a supply, or both',
  })

export type UnsavedListing = { title: string } & Record<string, unknown>
export type PreviewMatch = { demand?: UnsavedListing | undefined; supply?: UnsavedListing | undefined }
