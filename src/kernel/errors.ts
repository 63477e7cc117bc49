/** One failed rule of a request: where it is, which rule, and a sentence for a person. */
export type FieldError = {
  location: 'body' | 'query' | 'path' | 'header'
  /** JSON pointer below the location, for example `#/indicators/0/value`. */
  pointer: string
  code: string
  message: string
}

/** The closed list of error codes; http/problem-catalogue.ts gives each a status, so that none can be without one. */
export const errorCodes = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'CURSOR_INVALID',
  'IDEMPOTENCY_KEY_REQUIRED',
  'UNAUTHENTICATED',
  'INVALID_CREDENTIALS',
  'REFRESH_TOKEN_REUSED',
  'FORBIDDEN',
  'ORGANISATION_NOT_VERIFIED',
  'NOT_FOUND',
  'LISTING_MERGED',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'TRANSITION_NOT_ALLOWED',
  'ALREADY_DECIDED',
  'LEASE_LOST',
  'CONFLICT_OF_INTEREST',
  'BIDDER_NOT_ADMITTED',
  'BIDDING_NOT_OPEN',
  'BIDDING_CLOSED',
  'BID_OWN_LEAD',
  'BID_BELOW_STEP',
  'BID_COVERED',
  'AUCTION_TERMS_REFUSED',
  'AUCTION_NOT_CLOSED',
  'LICENCE_NOT_ALLOWED',
  'EMAIL_TAKEN',
  'USCC_TAKEN',
  'EXTERNAL_ID_TAKEN',
  'LISTING_INCOMPLETE',
  'TOO_MANY_IMPORTS',
  'DEAL_INCOMPLETE',
  'CONFIRMATION_MISSING',
  'PRICE_PUBLICITY_OPEN',
  'CONTRACT_NOT_REGISTRABLE',
  'AMOUNTS_OUT_OF_ORDER',
  'ALREADY_EXISTS',
  'LIMIT_EXCEEDED',
  'NOT_ELIGIBLE',
  'IDEMPOTENCY_IN_PROGRESS',
  'PRECONDITION_FAILED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_REUSED',
  'SHARES_DO_NOT_SUM',
  'PRECONDITION_REQUIRED',
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
  'TIMEOUT',
] as const
export type ErrorCode = (typeof errorCodes)[number]

type ErrorExtras = {
  errors?: FieldError[]
  /** Safe to show: extra members of the problem, such as the allowed transitions. */
  details?: Record<string, unknown>
  /** Response headers such as Retry-After or the current ETag. */
  headers?: Record<string, string>
  /** Never shown, only logged. */
  cause?: unknown
}

/** An expected refusal. `message` is safe to show to the caller; `cause` never leaves the log. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly errors: FieldError[] | undefined
  readonly details: Record<string, unknown> | undefined
  readonly headers: Record<string, string> | undefined

  constructor(code: ErrorCode, message: string, extras: ErrorExtras = {}) {
    super(message, { cause: extras.cause })
    this.code = code
    this.errors = extras.errors
    this.details = extras.details
    this.headers = extras.headers
  }
}

/** What does not exist and what the caller may not see answer alike (no existence oracle). */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no such ${what}, or you may not see it.`)
}

/** A refusal that belongs to one field of the body; answered as 400 with a pointer. */
export function invalidField(pointer: string, code: string, message: string): AppError {
  return new AppError('VALIDATION_FAILED', 'The request has invalid fields.', {
    errors: [{ location: 'body', pointer, code, message }],
  })
}
