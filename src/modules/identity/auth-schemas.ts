import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { permissions, roles } from '../../kernel/permissions.ts'
import { emailField, line, newPasswordField, organisationResponse, passwordField, userResponse } from './schemas.ts'

const token = z.string().min(16).max(512)

export const logInBody = z.strictObject({ email: emailField, password: passwordField })
export type LogIn = z.output<typeof logInBody>

export const refreshSessionBody = z.strictObject({ refreshToken: token })

export const tokensResponse = defineSchema(
  'Tokens',
  z.object({
    accessToken: token,
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().min(0).meta({ description: 'Seconds without use until the access token ends.' }),
    refreshToken: token.meta({ description: 'Good for one refresh. Using it twice ends the session.' }),
    refreshExpiresIn: z.int().min(0).meta({ description: 'Seconds until the session ends; then sign in again.' }),
  }),
)

export const streamTicketBody = z.strictObject({
  path: z
    .string()
    .max(200)
    .regex(/^\/v1(\/[\w-]+)+$/, 'must be the path of a stream, such as /v1/notifications/stream')
    .meta({ description: 'The stream that it is to open.' }),
})
export const streamTicketResponse = defineSchema(
  'StreamTicket',
  z.object({ ticket: token, expiresIn: z.int().min(0).meta({ description: 'Seconds until it is worth nothing.' }) }),
)

const permission = z.enum(permissions as [(typeof permissions)[number], ...(typeof permissions)[number][]])

export const meResponse = defineSchema(
  'Me',
  z.object({
    user: userResponse,
    organisation: organisationResponse,
    role: z.enum(roles),
    permissions: z.array(permission),
  }),
)

export const sessionResponse = defineSchema(
  'Session',
  z.object({
    id: idSchema('session'),
    isCurrent: z.boolean(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().meta({ description: 'To the minute.' }),
    expiresAt: z.iso.datetime(),
  }),
)

export const changePasswordBody = z.strictObject({ currentPassword: passwordField, newPassword: newPasswordField })
export type ChangePassword = z.output<typeof changePasswordBody>

export const createApiKeyBody = z.strictObject({
  name: line(100),
  scopes: z
    .array(permission)
    .min(1)
    .max(50)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'must not repeat a scope'),
  expiresAt: z.iso.datetime().optional(),
})
export type CreateApiKey = z.output<typeof createApiKeyBody>

const apiKeyShape = {
  id: idSchema('apiKey'),
  name: z.string(),
  scopes: z.array(permission),
  createdBy: idSchema('user'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
}
export const apiKeyResponse = defineSchema('ApiKey', z.object(apiKeyShape))
export const createdApiKeyResponse = defineSchema(
  'CreatedApiKey',
  z.object({ ...apiKeyShape, key: z.string().meta({ description: 'The key itself; shown this once.' }) }),
)
