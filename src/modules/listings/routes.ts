import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Vault } from '../../ports/vault.ts'
import { disclosureRoutes } from './disclosure-routes.ts'
import type { ListingKindDefinition } from './kind.ts'
import { lifecycleRoutes } from './lifecycle-routes.ts'
import type { ListLens } from './list-lens.ts'
import { readRoutes } from './read-routes.ts'
import { trustRoutes } from './trust-routes.ts'
import { writeRoutes } from './write-routes.ts'

/** Everything that HTTP offers for one kind; app.ts calls it for each of the three. */
export function listingRoutes(
  api: Api,
  { lens, ...deps }: { clock: Clock; vault: Vault; lens?: ListLens | undefined },
  definition: ListingKindDefinition,
): void {
  readRoutes(api, { ...deps, lens }, definition)
  writeRoutes(api, deps, definition)
  lifecycleRoutes(api, deps, definition)
  disclosureRoutes(api, deps, definition)
  trustRoutes(api, deps, definition)
}
