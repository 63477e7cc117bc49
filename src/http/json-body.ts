import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../kernel/errors.ts'

/**
 * Accepts JSON and nothing else; application/merge-patch+json (RFC 7396) is what PATCH takes by its own name. Keeps the raw bytes for the idempotency hash; an empty body is no body,
 * because many clients send the type anyway.
 */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request, bytes: Buffer, done) => {
      request.rawBody = bytes
      if (bytes.length === 0) return done(null, undefined)
      if (!isUtf8(bytes)) return done(new AppError('MALFORMED_JSON', 'The body is not valid UTF-8.'))
      parse(request, bytes.toString(), (error, value) => {
        if (error) done(new AppError('MALFORMED_JSON', malformedDetail(error.message), { cause: error }))
        else done(null, value)
      })
    },
  )
}

function malformedDetail(message: string): string {
  if (/prototype|__proto__|constructor/i.test(message)) return 'The body has a forbidden property name.'
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined
    ? 'The body is not valid JSON.'
    : `The body is not valid JSON (near position ${position}).`
}
