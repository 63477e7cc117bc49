import { z } from 'zod'
import { isTimeout, isUnavailable } from '../db/errors.ts'
import { AppError, type ErrorCode, errorCodes } from '../kernel/errors.ts'
import { problemCatalogue } from './problem-catalogue.ts'
import { defineSchema } from './schema-registry.ts'

export type Locale = 'en' | 'zh'

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
    headers: error.headers ?? {},
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

const frameworkCodes: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send application/json.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than the limit of this route.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['VALIDATION_FAILED', 'Content-Length does not match the body.'],
  FST_ERR_HANDLER_TIMEOUT: ['TIMEOUT', 'The request took too long and was given up.'],
  FST_UNDER_PRESSURE: ['UNAVAILABLE', 'The server is busy.'],
  FST_ERR_BAD_URL: ['VALIDATION_FAILED', 'The path is not a valid URL.'],
}

/** Turns whatever was thrown into an expected refusal, or INTERNAL with the original as cause for the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = (error as { code?: unknown } | undefined)?.code
  const known = typeof code === 'string' ? frameworkCodes[code] : undefined
  if (known) return new AppError(known[0], known[1], { cause: error, headers: retryAfter(known[0]) })
  if (error instanceof SyntaxError)
    return new AppError('MALFORMED_JSON', 'The body is not valid JSON.', { cause: error })
  if (isTimeout(error))
    return new AppError('TIMEOUT', 'The database took too long.', { cause: error, headers: retryAfter('TIMEOUT') })
  if (isUnavailable(error)) {
    return new AppError('UNAVAILABLE', 'The database is not reachable.', {
      cause: error,
      headers: retryAfter('UNAVAILABLE'),
    })
  }
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('VALIDATION_FAILED', 'The request could not be read.', { cause: error })
  }
  return new AppError('INTERNAL', 'Something went wrong on our side. The request id helps us to find it.', {
    cause: error,
  })
}

function retryAfter(code: ErrorCode): Record<string, string> {
  return problemCatalogue[code].retryable ? { 'retry-after': '1' } : {}
}

/** zh when Accept-Language prefers Chinese, en otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  return /^\s*zh/i.test(acceptLanguage ?? '') ? 'zh' : 'en'
}
