import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Db } from '../../db/client.ts'
import { AppError } from '../../kernel/errors.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import { admit, type Limits } from '../admit.ts'
import { type Authenticate, actorOf, assertPermission } from '../auth.ts'
import { rateLimitKey } from '../rate-limit.ts'
import { eventShaper } from './event-shaper.ts'
import type { OpenStreams } from './open-streams.ts'
import { type Position, startingPosition } from './position.ts'
import { type ServingDeps, serveStream } from './serve-stream.ts'
import type { ShareReads } from './shared-reads.ts'
import type { StreamSource } from './source.ts'
import { type StreamAccess, viewerOfStream } from './stream-access.ts'
import { type StreamInput, streamInputReader } from './stream-input.ts'
import type { AnyStream } from './stream-spec.ts'

export type StreamPlatform = Limits &
  ServingDeps & {
    db: Db
    authenticate: Authenticate
    access: StreamAccess
    open: OpenStreams
    share: ShareReads
    answers?: 'checked' | 'trimmed'
  }

/** Mounts one stream: limits, who asks, permission, validation, where to begin, and then its events for as long as it stays. */
export function mountStream(app: FastifyInstance, platform: StreamPlatform, stream: AnyStream): void {
  const readInput = streamInputReader(stream)
  const shape = eventShaper(stream, platform.answers)
  app.route({
    method: 'GET',
    url: stream.path,
    // A HEAD would open a stream that nobody reads.
    exposeHeadRoute: false,
    config: { permission: stream.permission, isStream: true },
    handler: async (request, reply) => {
      const viewer = await admit(platform, { request, reply }, () => viewerOfStream(credentialsOf(request), platform))
      assertPermission(viewer, stream.permission)
      const input = readInput(request)
      const source = await openAs(platform, stream, { viewer, input })
      const position = startingPosition(input.lastEventId, await source.extent())
      if (await isFinished(source, position)) return reply.code(204).send()
      const greeting = await source.greeting()
      const owner = rateLimitKey(viewer, request.ip)
      const identity = { operationId: stream.operationId, owner, isSignedIn: isSignedIn(viewer) }
      serveStream(platform, {
        ...{ reply, position, greeting, shape, read: platform.share(source) },
        topics: { events: source.topics, access: isSignedIn(viewer) ? [platform.access.topicOf(viewer)] : [] },
        renew: () => renew(platform, stream, { viewer, input }),
        enter: (end) => platform.open.enter(identity, end),
      })
      return reply
    },
  })
}

type Opening = { viewer: Viewer; input: StreamInput }

function openAs({ db }: StreamPlatform, stream: AnyStream, { viewer, input }: Opening): Promise<StreamSource> {
  const { params, query } = input
  return stream.open({
    ...{ db, viewer, params, query },
    get actor() {
      return actorOf(viewer, stream)
    },
  })
}

/** @throws AppError when the sign-in has ended, the role lacks the permission by now, or the resource is out of reach. */
async function renew(platform: StreamPlatform, stream: AnyStream, { viewer, input }: Opening): Promise<void> {
  const known = isSignedIn(viewer) ? await platform.access.renew(viewer) : viewer
  if (known === undefined) throw new AppError('UNAUTHENTICATED', 'The sign-in has ended.')
  assertPermission(known, stream.permission)
  await openAs(platform, stream, { viewer: known, input })
}

async function isFinished(source: StreamSource, { after }: Position): Promise<boolean> {
  const { events, isOver } = await source.read({ after, limit: 1 })
  return isOver === true && events.length === 0
}

function credentialsOf(request: FastifyRequest) {
  const { ticket } = request.query as { ticket?: unknown }
  return {
    authorization: request.headers.authorization,
    ticket: typeof ticket === 'string' ? ticket : undefined,
    path: request.url.split('?')[0] ?? '',
  }
}
