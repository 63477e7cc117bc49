import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { localeOf } from '../locale.ts'
import { queryInt } from '../query.ts'
import { validateParts } from '../validate.ts'
import type { AnyStream } from './stream-spec.ts'

const eventId = queryInt({ min: 0, max: Number.MAX_SAFE_INTEGER })

/** What every stream takes beside its own parameters: EventSource clients cannot send headers of their own. */
export const streamQuery = {
  ticket: z
    .string()
    .min(16)
    .max(512)
    .optional()
    .meta({ description: 'A one-time ticket, in place of a bearer token.' }),
  lastEventId: eventId
    .optional()
    .meta({ description: 'Resume after this event. The header Last-Event-ID, which browsers send, goes before it.' }),
}

type Received = Pick<FastifyRequest, 'headers' | 'params' | 'query'>
export type StreamInput = { params: unknown; query: Record<string, unknown>; lastEventId: number | undefined }

/** Reads what a client sent. Made once per stream. @throws VALIDATION_FAILED (400). */
export function streamInputReader({ params, query }: AnyStream): (received: Received) => StreamInput {
  const paramsSchema = (params ?? z.object({})).strict()
  const querySchema = z.object({ ...query?.shape, ...streamQuery }).strict()
  const headersSchema = z.object({ 'last-event-id': eventId.optional() })
  return ({ headers, ...received }) => {
    const [ownParams, ownQuery, ownHeaders] = validateParts(
      [
        { location: 'path', schema: paramsSchema, value: received.params },
        { location: 'query', schema: querySchema, value: received.query },
        // An empty header is what some clients send before the first event.
        {
          location: 'header',
          schema: headersSchema,
          value: { 'last-event-id': headers['last-event-id'] || undefined },
        },
      ],
      localeOf(headers['accept-language']),
    ) as [unknown, z.output<typeof querySchema>, z.output<typeof headersSchema>]
    const { ticket: _ticket, lastEventId, ...rest } = ownQuery
    const { 'last-event-id': fromHeader } = ownHeaders
    return { params: ownParams, query: rest, lastEventId: fromHeader ?? lastEventId }
  }
}
