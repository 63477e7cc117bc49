import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { contentLanguage, localeOf } from './locale.ts'
import { toAppError, toProblem } from './problem.ts'
import { safeError } from './safe-error.ts'
import { securityHeaders } from './security-headers.ts'

/** Answers whatever a hook, parser or handler threw as a problem, and logs what somebody should look at. */
export function answerProblems(app: FastifyInstance, options: { publicUrl: string; log: Log }): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toAppError(error)
    report(options.log, request, refusal)
    return sendProblem(reply, refusal, { publicUrl: options.publicUrl, request })
  })
}

export function sendProblem(
  reply: FastifyReply,
  error: unknown,
  { publicUrl, request }: { publicUrl: string; request: Pick<FastifyRequest, 'id' | 'headers'> },
): FastifyReply {
  const locale = localeOf(request.headers['accept-language'])
  const problem = toProblem(toAppError(error), { publicUrl, requestId: request.id, locale })
  // A path that Fastify cannot read never reaches the hook that sets these.
  if (!reply.hasHeader('x-request-id')) reply.headers(securityHeaders).header('x-request-id', request.id)
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .header('content-language', contentLanguage[locale])
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.body))
}

const refusedAccess = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_CREDENTIALS', 'REFRESH_TOKEN_REUSED'])
const ourTrouble = new Set(['INTERNAL', 'UNAVAILABLE', 'TIMEOUT'])

function report(log: Log, request: FastifyRequest, refusal: AppError): void {
  const { code } = refusal
  const fields = { requestId: request.id, method: request.method, route: request.routeOptions.url, code }
  if (code === 'INTERNAL') log.error({ ...fields, err: safeError(refusal.cause) }, 'request failed')
  else if (ourTrouble.has(code)) log.warn({ ...fields, err: safeError(refusal.cause) }, 'request not served')
  else if (refusedAccess.has(code)) log.info(fields, 'access refused')
}
