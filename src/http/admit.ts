import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymous, type Viewer } from '../kernel/principal.ts'
import { type RateLimiter, type RateLimitPolicy, rateLimitKey } from './rate-limit.ts'

export type Limits = { limiter: RateLimiter; policies: { general: RateLimitPolicy; login: RateLimitPolicy } }

/** Who asks, counted against the limit. A wrong token counts for the address it came from: guessing has a limit, too. */
export async function admit(
  { limiter, policies }: Limits,
  { request, reply, rateLimit }: { request: FastifyRequest; reply: FastifyReply; rateLimit?: 'login' | undefined },
  identify: () => Promise<Viewer>,
): Promise<Viewer> {
  const policy = rateLimit === 'login' ? policies.login : policies.general
  const count = (viewer: Viewer) => reply.headers(limiter.take(policy, rateLimitKey(viewer, request.ip)))
  const viewer = await identify().catch((error: unknown) => {
    count(anonymous)
    throw error
  })
  count(viewer)
  return viewer
}
