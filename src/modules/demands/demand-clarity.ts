import type { Listing } from '../listings/index.ts'
import { type Clarity, clarityOf } from './domain/clarity/clarity.ts'
import type { DemandDetails } from './schemas.ts'

/** The clarity of a demand as stored; what is confidential is no part of a listing's content, so it cannot count. */
export function demandClarity({ content, details }: Pick<Listing, 'content' | 'details'>): Clarity {
  return clarityOf({ ...content, ...(details as DemandDetails) })
}
