import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { roles } from '../../kernel/permissions.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { usccSchema } from '../../kernel/uscc.ts'
import { marketCode } from '../markets/index.ts'
import { normaliseEmail } from './domain/email.ts'
import { verificationDecisions, verifications } from './domain/verification.ts'

/** A line of text: trimmed, in one Unicode spelling, without line breaks. */
export const line = (max: number) =>
  z
    .string()
    .overwrite((text) => text.normalize('NFC').trim())
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters')
const introduction = z
  .string()
  .overwrite((text) => text.normalize('NFC').trim())
  .min(1)
  .max(5_000)
export const regionCode = z.string().regex(/^\d{6}$/, 'must be a GB/T 2260 code of six digits')

export const emailField = z
  .string()
  .overwrite(normaliseEmail)
  .max(254)
  .regex(z.regexes.email, 'must be an e-mail address')
  .meta({ openapi: { type: 'string', format: 'email', maxLength: 254 } })

/** Of a new password. The list of common ones is asked by the use case, which also knows the e-mail. */
export const newPasswordField = z
  .string()
  .min(8)
  .max(128)
  .meta({ description: '8 to 128 characters; not a common one, and not the e-mail address.' })
/** Of a password that exists: no rule but a limit. */
export const passwordField = z.string().min(1).max(1_000)

const newUser = z.strictObject({ email: emailField, displayName: line(100), password: newPasswordField })

export const registerOrganisationBody = z.strictObject({
  kind: z.enum(organisationKinds),
  name: line(200),
  shortName: line(60).optional(),
  uscc: usccSchema,
  market: marketCode,
  region: regionCode.optional(),
  introduction: introduction.optional(),
  user: newUser.meta({ description: 'The first user; becomes the owner.' }),
})
export type RegisterOrganisation = z.output<typeof registerOrganisationBody>

export const updateOrganisationBody = z.strictObject({
  name: line(200).optional(),
  shortName: line(60).nullable().optional(),
  region: regionCode.nullable().optional(),
  introduction: introduction.nullable().optional(),
})
export type UpdateOrganisation = z.output<typeof updateOrganisationBody>

export const listOrganisationsQuery = z.object({ ...pageQuery, verification: z.enum(verifications).optional() })

export const changeVerificationBody = z.strictObject({
  decision: z.enum(verificationDecisions),
  note: introduction.optional().meta({ description: 'Shown to the organisation.' }),
})
export type ChangeVerification = z.output<typeof changeVerificationBody>

export const addUserBody = z.strictObject({
  email: emailField,
  displayName: line(100),
  password: newPasswordField,
  role: z.enum(roles),
})
export type AddUser = z.output<typeof addUserBody>

export const userResponse = defineSchema(
  'User',
  z.object({
    id: idSchema('user'),
    organisationId: idSchema('organisation'),
    email: z.email(),
    displayName: z.string(),
    role: z.enum(roles),
    isDisabled: z.boolean(),
    createdAt: z.iso.datetime(),
  }),
)

const organisationShape = {
  id: idSchema('organisation'),
  kind: z.enum(organisationKinds),
  name: z.string(),
  shortName: z.string().nullable(),
  market: marketCode,
  region: z.string().nullable(),
  introduction: z.string().nullable(),
  verification: z.enum(verifications),
  view: z.enum(['full', 'public']).meta({ description: '`full` for the organisation itself and its operator.' }),
  uscc: z.string().optional().meta({ description: 'Full view only, like all that follow.' }),
  verificationNote: z.string().nullable().optional(),
  verifiedAt: z.iso.datetime().nullable().optional(),
  version: z.int().optional(),
  createdAt: z.iso.datetime().optional(),
  updatedAt: z.iso.datetime().optional(),
}
export const organisationResponse = defineSchema('Organisation', z.object(organisationShape))
export const registeredOrganisationResponse = defineSchema(
  'RegisteredOrganisation',
  z.object({ ...organisationShape, user: userResponse }),
)

export const organisationParams = z.object({ id: idSchema('organisation') })
