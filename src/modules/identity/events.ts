import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { verifications } from './domain/verification.ts'

export const organisationVerificationChanged = defineEvent(
  'organisation.verification_changed',
  1,
  z.object({ organisationId: idSchema('organisation'), verification: z.enum(verifications) }),
)

/** The last day of a qualification is over; who reads facets or rules reads them anew. */
export const qualificationExpired = defineEvent(
  'qualification.expired',
  1,
  z.object({
    ...{ organisationId: idSchema('organisation'), qualificationId: idSchema('qualification') },
    type: z.string(),
  }),
)

/** A used refresh token came back: somebody else had a copy, so the session was ended. */
export const sessionReuseDetected = defineEvent(
  'session.reuse_detected',
  1,
  z.object({ sessionId: idSchema('session'), userId: idSchema('user') }),
)
