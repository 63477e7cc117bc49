import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { channels, deliveryModes, importances, notificationKinds } from './domain/kinds.ts'
import { locales } from './domain/mail-layout.ts'

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, HH:MM')
  .meta({ examples: ['22:00'] })

const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai')
  .meta({ examples: ['Asia/Shanghai'] })

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const quietHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, 'must begin and end at different times; send null for none')
  .nullable()
  .meta({ description: 'No mails then but urgent ones; null: none.' })

const dailyMailMax = z
  .int()
  .min(0)
  .max(200)
  .meta({ description: 'Mails a day; what is more waits for the daily digest. Urgent ones do not count.' })

/** The kind is a plain string here, so that a wrong one is answered with what was probably meant. */
const choice = z.strictObject({
  kind: z.string().min(1).max(64).meta({ description: 'A kind, or * for all kinds without a choice of their own.' }),
  channel: z.enum(channels),
  mode: z.enum(deliveryModes),
})

export const updatePreferencesBody = z.object({
  locale: z.enum(locales).meta({ description: 'Language of mails.' }),
  timeZone,
  quietHours,
  dailyMailMax,
  preferences: z.array(choice).max(200),
})
export type UpdatePreferencesBody = z.output<typeof updatePreferencesBody>

export const preferencesResponse = defineSchema(
  'NotificationPreferences',
  z.object({
    locale: z.enum(locales),
    timeZone: z.string(),
    quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
    dailyMailMax: z.int(),
    preferences: z
      .array(
        z.object({ kind: z.enum(['*', ...notificationKinds]), channel: z.enum(channels), mode: z.enum(deliveryModes) }),
      )
      .meta({ description: 'What you chose.' }),
    kinds: z
      .array(
        z.object({
          kind: z.enum(notificationKinds),
          importance: z.enum(importances),
          mayWait: z.boolean().meta({ description: 'Whether it may be chosen for the digest.' }),
          inApp: z.enum(deliveryModes),
          email: z.enum(deliveryModes),
        }),
      )
      .meta({ description: 'What holds for every kind, from your choices and the defaults.' }),
    mail: z.object({
      address: z.string(),
      state: z.enum(['working', 'bounced']),
      bouncedAt: z.iso.datetime().optional(),
      reason: z.string().optional().meta({ description: "The mail server's answer." }),
    }),
  }),
)

export const unsubscribeQuery = z.object({ token: z.string().min(1).max(500) })

export const subscriptionResponse = defineSchema(
  'MailSubscription',
  z.object({
    address: z.string().meta({ description: 'Shortened: who holds the link need not learn the address.' }),
    kind: z.enum(['*', ...notificationKinds]).meta({ description: '*: all mails but those chosen by name.' }),
    isSubscribed: z.boolean(),
  }),
)
