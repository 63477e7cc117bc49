import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Vault } from '../../ports/vault.ts'
import { disclosureRoutes } from './disclosure-routes.ts'
import type { ListingKindDefinition } from './kind.ts'
import { lifecycleRoutes } from './lifecycle-routes.ts'
import { readRoutes } from './read-routes.ts'
import { trustRoutes } from './trust-routes.ts'
import { writeRoutes } from './write-routes.ts'

/** Everything that HTTP offers for one kind; app.ts calls it for each of the three. */
export function listingRoutes(api: Api, deps: { clock: Clock; vault: Vault }, definition: ListingKindDefinition): void {
  readRoutes(api, deps, definition)
  writeRoutes(api, deps, definition)
  lifecycleRoutes(api, deps, definition)
  disclosureRoutes(api, deps, definition)
  trustRoutes(api, deps, definition)
}
