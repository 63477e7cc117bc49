import type { FastifyInstance } from 'fastify'
import { AppError } from '../../kernel/errors.ts'

/** Of one operation: a user has few tabs, an address may be a whole university (SSE-4). */
const maxOfUser = 3
const maxOfAddress = 50

export type OpenStreams = {
  /** Counts a stream in. @returns a function that counts it out. @throws RATE_LIMITED (429). */
  enter(stream: StreamIdentity, end: () => void): () => void
  readonly size: number
}

export type StreamIdentity = { operationId: string; owner: string; isSignedIn: boolean }

/**
 * The streams of this process. They never end by themselves, so a server that closes ends them first: otherwise it would wait
 * for them for ever (SSE-5). Several processes count for themselves, as for rate limits.
 */
export function openStreams(app: FastifyInstance): OpenStreams {
  const ends = new Set<() => void>()
  const counts = new Map<string, number>()
  app.addHook('preClose', async () => {
    for (const end of [...ends]) end()
  })
  return {
    enter: ({ operationId, owner, isSignedIn }, end) => {
      const key = `${operationId} ${owner}`
      const most = isSignedIn ? maxOfUser : maxOfAddress
      const open = counts.get(key) ?? 0
      if (open >= most) {
        throw new AppError('RATE_LIMITED', `More than ${most} open streams of this kind; close one first.`, {
          headers: { 'retry-after': '5' },
        })
      }
      counts.set(key, open + 1)
      ends.add(end)
      return () => {
        if (!ends.delete(end)) return
        const left = (counts.get(key) ?? 1) - 1
        if (left === 0) counts.delete(key)
        else counts.set(key, left)
      }
    },
    get size() {
      return ends.size
    },
  }
}
