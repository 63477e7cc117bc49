import { chinaDay } from '../../kernel/clock.ts'
import type { IndexDeps } from './index-listing.ts'
import { listOwnersOfExpired } from './qualification-view.ts'
import { indexOrganisation } from './reindex.ts'

/** A qualification ends by itself, without a fact: the listings of its owner are indexed without it. */
export async function indexExpiredQualifications(deps: IndexDeps): Promise<undefined> {
  for (const organisationId of await listOwnersOfExpired(deps.db, chinaDay(deps.clock.now()))) {
    await indexOrganisation(deps, { organisationId })
  }
}
