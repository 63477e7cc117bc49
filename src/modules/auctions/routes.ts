import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { awardRoutes } from './award-routes.ts'
import { bidRoutes } from './bid-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { guidanceRoutes } from './guidance-routes.ts'
import { lotRoutes } from './lot-routes.ts'
import { registrationRoutes } from './registration-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { sessionRoutes } from './session-routes.ts'

/** Seasons, sessions and lots; who may bid; bids and their record; what follows from a sale; reports and guidance. */
export function auctionRoutes(api: Api, deps: { clock: Clock; vault: Vault; live: LiveChannel }): void {
  sessionRoutes(api, deps)
  lotRoutes(api, deps)
  draftRoutes(api, deps)
  registrationRoutes(api, deps)
  bidRoutes(api, deps)
  awardRoutes(api, deps)
  guidanceRoutes(api, deps)
  reportRoutes(api, deps)
}
