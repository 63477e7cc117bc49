import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

/** More become several events, so that an event stays small whatever the number of recipients. */
export const maxMailsPerEvent = 50

/** Mails are to be sent; `at` is there where one is to wait. */
export const mailsPlanned = defineEvent(
  'notification_mails.planned',
  1,
  z.object({
    mails: z
      .array(z.object({ deliveryId: idSchema('mailDelivery'), at: z.iso.datetime().optional() }))
      .min(1)
      .max(maxMailsPerEvent),
  }),
)
