import { z } from 'zod'
import { isCrowded, isTimeout, isUnavailable } from '../db/errors.ts'
import { AppError, type ErrorCode, errorCodes } from '../kernel/errors.ts'
import { bearerChallenge } from './bearer-challenge.ts'
import type { Locale } from './locale.ts'
import { type ProblemKind, problemCatalogue } from './problem-catalogue.ts'
import { defineSchema } from './schema-registry.ts'

/** RFC 9457 problem, the body of every answer that is not 2xx or 304. */
export const problemSchema = defineSchema(
  'Problem',
  z.looseObject({
    type: z.url().meta({ description: 'A page that explains the code.' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z.string().meta({ description: 'URN of the request id.' }),
    code: z.enum(errorCodes).meta({ description: 'Stable; new codes may be added.' }),
    requestId: z.string(),
    retryable: z.boolean().meta({ description: 'Whether the same request may succeed later.' }),
    errors: z
      .array(
        z.object({
          location: z.enum(['body', 'query', 'path', 'header']),
          pointer: z.string(),
          code: z.string(),
          message: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'All fields that failed, not only the first.' }),
  }),
)

export type ProblemContext = { publicUrl: string; requestId: string; locale: Locale }
export type ProblemAnswer = { status: number; headers: Record<string, string>; body: Record<string, unknown> }

/** The answer to a failed request. Only what an AppError says on purpose reaches the caller. */
export function toProblem(error: AppError, context: ProblemContext): ProblemAnswer {
  const entry = problemCatalogue[error.code]
  return {
    status: entry.status,
    headers: { ...headersOf(entry), ...error.headers },
    body: {
      ...error.details,
      type: `${context.publicUrl}/problems/${error.code}`,
      title: entry.title[context.locale],
      status: entry.status,
      detail: error.message,
      instance: `urn:request:${context.requestId}`,
      code: error.code,
      requestId: context.requestId,
      retryable: entry.retryable,
      ...(error.errors ? { errors: error.errors } : {}),
    },
  }
}

/** What a status asks for (RFC 9110) when the refusal itself does not say it better. */
function headersOf({ status, retryable }: ProblemKind): Record<string, string> {
  if (status === 401) return bearerChallenge
  return retryable && status !== 500 ? { 'retry-after': '1' } : {}
}

const frameworkCodes: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send application/json.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than the limit of this route.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['VALIDATION_FAILED', 'Content-Length does not match the body.'],
  FST_ERR_HANDLER_TIMEOUT: ['TIMEOUT', 'The request took too long and was given up.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['MALFORMED_JSON', 'The body is not valid JSON.'],
  FST_ERR_BAD_URL: ['VALIDATION_FAILED', 'The path is not a valid URL.'],
  FST_ERR_MAX_PARAM_LENGTH: ['VALIDATION_FAILED', 'A part of the path is longer than 200 characters.'],
}

/** Turns whatever was thrown into an expected refusal, or INTERNAL with the original as cause for the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const known = frameworkRefusal(error)
  if (known) return new AppError(known[0], known[1], { cause: error })
  if (isTimeout(error)) return new AppError('TIMEOUT', 'The database took too long.', { cause: error })
  if (isCrowded(error)) return new AppError('UNAVAILABLE', 'The server is busy.', { cause: error })
  if (isUnavailable(error)) return new AppError('UNAVAILABLE', 'The database is not reachable.', { cause: error })
  return new AppError('INTERNAL', 'Something went wrong on our side. The request id helps us to find it.', {
    cause: error,
  })
}

/** Only Fastify's own errors: a `statusCode` or SyntaxError out of a handler is our failure, not the caller's. */
function frameworkRefusal(error: unknown): [ErrorCode, string] | undefined {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown }
  if (typeof code !== 'string' || !code.startsWith('FST_')) return undefined
  const isCallers = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
  return frameworkCodes[code] ?? (isCallers ? ['VALIDATION_FAILED', 'The request could not be read.'] : undefined)
}
