import { type Column, columnsOf } from '../imports/index.ts'
import type { ListingKindDefinition } from '../listings/index.ts'

/** Which columns a file has: a column that nobody's rows can fill is left out, for an import would read it as "take off". */
export type ExportScope = 'teaser' | 'member' | 'own' | 'confidential'

const confidential = new Set(['confidentialDetail', 'contact'])
/** Beside what is confidential, these are the owner's alone. */
const owners = new Set(['externalId'])
/** Fields that all kinds share and a stranger does not see. */
const members = new Set(['description', 'indicators'])

/** The columns of the import that hold what the scope shows, each field once. */
export function listingColumns(definition: ListingKindDefinition, scope: ExportScope): Column[] {
  const own = Object.keys(definition.detailShape)
  const hidden = new Set(own.filter((name) => !definition.teaserDetails.includes(name)))
  return columnsOf(definition.kind).filter(({ field, isSpread }) => {
    const [name = field] = field.split('.')
    if (isSpread) return false
    if (confidential.has(name)) return scope === 'confidential'
    if (owners.has(name)) return scope === 'own' || scope === 'confidential'
    return scope !== 'teaser' || !(members.has(name) || hidden.has(name))
  })
}
