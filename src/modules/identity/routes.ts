import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { apiKeyRoutes } from './api-key-routes.ts'
import { meRoutes } from './me-routes.ts'
import { organisationRoutes } from './organisation-routes.ts'
import { qualificationRoutes } from './qualification-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { streamTicketRoutes } from './stream-ticket-routes.ts'
import { userRoutes } from './user-routes.ts'

export function identityRoutes(api: Api, deps: { clock: Clock }): void {
  sessionRoutes(api, deps)
  streamTicketRoutes(api, deps)
  meRoutes(api, deps)
  apiKeyRoutes(api, deps)
  organisationRoutes(api, deps)
  userRoutes(api, deps)
  qualificationRoutes(api, deps)
}
