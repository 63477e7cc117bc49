import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { demandKind } from '../demands/index.ts'
import type { Listing } from '../listings/index.ts'
import { supplyKind } from '../supplies/index.ts'
import type { Facts } from './domain/types.ts'
import { type Described, factsOfDemand, factsOfSupply } from './facts-of-listing.ts'
import type { UnsavedListing } from './preview-schemas.ts'

/** Facts of an unsaved demand, as if it stood on the market today. */
export function factsOfUnsavedDemand(owner: Owner, fields: UnsavedListing): Facts {
  return factsOfDemand(describe(demandKind, owner, fields))
}

export function factsOfUnsavedSupply(owner: Owner, fields: UnsavedListing, today: string): Facts {
  return factsOfSupply(describe(supplyKind, owner, fields), today)
}

type Owner = Pick<Principal, 'orgId' | 'market'>

function describe(definition: typeof demandKind, owner: Owner, unsaved: UnsavedListing): Described {
  const { title, text, summary, description, keywords, indicators, region, ...rest } = unsaved as Fields
  const { fields = [], industries = [], strategicIndustries = [], ipc = [], cooperationModes = [] } = rest
  return {
    id: newId(definition.kind === 'supply' ? 'supply' : 'demand'),
    orgId: owner.orgId,
    market: owner.market,
    content: {
      ...{ title, summary, region, fields, industries, strategicIndustries, ipc, cooperationModes },
      description: [description, text].filter((part) => part !== undefined).join('\n') || undefined,
      keywords: keywords ?? [],
      indicators: indicators ?? [],
      language: 'zh',
    },
    details: rest,
    facets: definition.facetsOf(rest),
    state: 'published',
    trustCode: 'green',
  }
}

/** As parsed by previewMatchBody. */
type Fields = Partial<Listing['content']> & { title: string; text?: string } & Record<string, unknown>
