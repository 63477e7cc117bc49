import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { verifications } from './domain/verification.ts'

export const organisationVerificationChanged = defineEvent(
  'organisation.verification_changed',
  1,
  z.object({ organisationId: idSchema('organisation'), verification: z.enum(verifications) }),
)

/** What others show of an organisation changed: its name, or which qualifications it holds. */
export const organisationRenamed = defineEvent(
  'organisation.renamed',
  1,
  z.object({ organisationId: idSchema('organisation') }),
)
export const organisationQualificationsChanged = defineEvent(
  'organisation.qualifications_changed',
  1,
  z.object({ organisationId: idSchema('organisation') }),
)
/** Sessions or keys of a user have ended: who keeps a connection open for the user asks again. */
export const accessEnded = defineEvent('access.ended', 1, z.object({ userId: idSchema('user') }))

/** A used refresh token came back: somebody else had a copy, so the session was ended. */
export const sessionReuseDetected = defineEvent(
  'session.reuse_detected',
  1,
  z.object({ sessionId: idSchema('session'), userId: idSchema('user') }),
)

/** A user has signed in on a device that was not seen before. */
export const sessionOpenedOnNewDevice = defineEvent(
  'session.opened_on_new_device',
  1,
  z.object({ sessionId: idSchema('session'), userId: idSchema('user'), openedAt: z.iso.datetime() }),
)

/** A user has made a key that acts for it. */
export const apiKeyCreated = defineEvent(
  'api_key.created',
  1,
  z.object({ apiKeyId: idSchema('apiKey'), userId: idSchema('user'), createdAt: z.iso.datetime() }),
)

export const passwordChanged = defineEvent(
  'user.password_changed',
  1,
  z.object({ userId: idSchema('user'), changedAt: z.iso.datetime() }),
)
