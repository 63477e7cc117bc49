import { z } from 'zod'
import type { ErrorCode } from '../kernel/errors.ts'
import { type Components, type Json, jsonSchema } from './json-schema.ts'
import { inputParameters } from './openapi-parameters.ts'
import { failures, refer } from './openapi-responses.ts'
import { eventFrame, noticeFrame, retryFrame } from './sse/frame.ts'
import { standardEvents, streamDescription } from './sse/standard-events.ts'
import { streamQuery } from './sse/stream-input.ts'
import type { AnyStream } from './sse/stream-spec.ts'
import { streamTimings } from './sse/timings.ts'

/** What is special of a stream in the document: resuming, the kinds of events with their schemas, an example as text. */
export function streamOperation(stream: AnyStream, codes: readonly ErrorCode[], components: Components): Json {
  const { ticket: _scheme, ...query } = streamQuery
  const events = Object.entries({ ...stream.events, ...standardEvents })
  const schemas = events.map(([name, schema]) => [name, jsonSchema(schema, 'output', components)])
  return {
    description: [stream.description, streamDescription].filter(Boolean).join('\n\n'),
    parameters: [
      ...inputParameters('path', stream.params, components),
      ...inputParameters('query', z.object({ ...stream.query?.shape, ...query }), components),
      {
        ...{ name: 'Last-Event-ID', in: 'header', required: false },
        description: 'The id of the last event that you have; browsers send it when they connect again.',
        schema: { type: 'integer', minimum: 0 },
      },
    ],
    responses: {
      200: {
        description: 'The stream. `x-events` has the schema of the data of each kind of event.',
        headers: refer(['RateLimit', 'RateLimit-Policy', 'X-Request-Id']),
        content: { 'text/event-stream': { schema: { type: 'string' }, example: exampleOf(stream) } },
        'x-events': Object.fromEntries(schemas),
      },
      204: { description: 'Nothing more will come: do not connect again.' },
      ...failures(codes, components),
    },
  }
}

function exampleOf({ examples }: AnyStream): string {
  const resync = noticeFrame('resync', { reason: 'stalled' })
  return retryFrame(streamTimings.retryMs) + examples.map(eventFrame).join('') + resync
}
