import { AsyncLocalStorage } from 'node:async_hooks'
import type { Id } from '../kernel/ids.ts'
import { networkOf } from '../kernel/network.ts'

/** The request that is being answered; without an organisation while nobody has signed in. */
export type Origin = { requestId: string; ip: string; orgId?: Id<'organisation'> | undefined }

/**
 * The one thing that reaches use cases otherwise than by their parameters: it decides nothing, and every signature on the way to
 * every entry would have to name it.
 */
const origins = new AsyncLocalStorage<Origin>()

export function withOrigin<T>(origin: Origin, run: () => Promise<T>): Promise<T> {
  return origins.run(origin, run)
}

/**
 * What an entry of the organisation's chain says of the request. The network only of its own people and of who has not signed in:
 * nobody learns from a log of their own where the people of others sit.
 */
export function originFor(chainOrgId: Id<'organisation'> | undefined): { requestId?: string; network?: string } {
  const origin = origins.getStore()
  if (origin === undefined) return {}
  const { requestId, ip, orgId } = origin
  const isOwn = orgId === undefined || orgId === chainOrgId
  return { requestId, ...(isOwn && { network: networkOf(ip) }) }
}
