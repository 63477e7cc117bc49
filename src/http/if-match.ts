import { AppError } from '../kernel/errors.ts'

/** The row version that If-Match names. @throws PRECONDITION_REQUIRED (428), VALIDATION_FAILED (400). */
export function readIfMatch(header: string | undefined, isRequired: boolean): number | undefined {
  if (header === undefined) {
    if (!isRequired) return undefined
    throw new AppError('PRECONDITION_REQUIRED', 'Send If-Match with the ETag of the version that you read.')
  }
  const match = /^"v(\d{1,9})(?:\.[a-z]+)?"$/.exec(header.trim())
  if (match?.[1] !== undefined) return Number(match[1])
  throw new AppError('VALIDATION_FAILED', 'If-Match must hold one strong ETag as we sent it, for example "v3".', {
    errors: [{ location: 'header', pointer: '#/if-match', code: 'etag_form', message: 'one strong ETag such as "v3"' }],
  })
}
