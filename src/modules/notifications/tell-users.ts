import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { listUserIdsOfOrganisation } from '../identity/index.ts'
import { announceMails } from './announce-mails.ts'
import { countsAgainstCap, isShownInApp, type MailPlan, planMail } from './domain/delivery-plan.ts'
import type { Notice } from './domain/notice.ts'
import { dayIn } from './domain/quiet-hours.ts'
import { insertDeliveries, insertNotificationMails, type MailDelivery } from './mail-repo.ts'
import { insertNotifications, type Notification } from './notification-repo.ts'
import { listCappedMails, listRecipients, lockRecipients, type Recipient } from './recipient-view.ts'

type Planned = { recipient: Recipient; notification: Notification; plan: MailPlan }

/**
 * Tells each user of a notice once, in the inbox and by the mail that the user's choices ask for. The notification, its place
 * in a mail and the wish to send that mail commit together, so a repetition finds either all of it or nothing.
 */
export async function tellUsers(deps: { db: Db; clock: Clock }, notice: Notice): Promise<void> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const userIds = notice.userIds ?? (await listUserIdsOfOrganisation(tx, notice.orgId))
    const recipients = (await listRecipients(tx, userIds)).filter(({ isDisabled }) => !isDisabled)
    const told = await insertNotifications(tx, toNotifications(recipients, notice, now))
    if (told.length === 0) return
    const planned = await planMails(tx, recipients, { told, now })
    const withDelivery = planned.map((one) => ({ ...one, delivery: toDelivery(one, now) }))
    const deliveries = withDelivery.flatMap(({ delivery }) => (delivery ? [delivery] : []))
    await insertDeliveries(tx, deliveries)
    await insertNotificationMails(tx, withDelivery.filter(({ plan }) => plan.when !== 'none').map(toNotificationMail))
    await appendEvents(tx, announceMails(deliveries, now))
  })
}

function toNotifications(recipients: readonly Recipient[], notice: Notice, createdAt: Date): Notification[] {
  const { orgId, kind, subjectId, params } = notice
  return recipients.map(({ userId, choices }) => ({
    ...{ id: newId('notification'), userId, orgId, kind, subjectId, params },
    isInApp: isShownInApp(kind, choices.inApp),
    readAt: null,
    seq: null,
    createdAt,
  }))
}

/** Under the lock, so that the count of the day is still true when the plan commits. */
async function planMails(
  tx: Tx,
  recipients: readonly Recipient[],
  { told, now }: { told: readonly Notification[]; now: Date },
): Promise<Planned[]> {
  const userIds = told.map(({ userId }) => userId)
  await lockRecipients(tx, userIds)
  // Days of the calendar overlap two days of the clock; a mail waits a day at most.
  const capped = await listCappedMails(tx, userIds, addDays(now, -2))
  return told.flatMap((notification) => {
    const recipient = recipients.find(({ userId }) => userId === notification.userId)
    if (recipient === undefined) return []
    const { settings, choices, bounce, userId } = recipient
    const plannedOn = (day: string) =>
      capped.filter((mail) => mail.userId === userId && dayIn(settings.timeZone, mail.plannedFor) === day).length
    const question = { kind: notification.kind, choices: choices.email, settings, now, plannedOn }
    return [{ recipient, notification, plan: bounce ? { when: 'none' as const } : planMail(question) }]
  })
}

function toDelivery({ notification, plan }: Planned, now: Date): MailDelivery | undefined {
  if (plan.when === 'none' || plan.when === 'digest') return undefined
  const at = plan.when === 'at' ? plan.at : now
  return {
    id: newId('mailDelivery'),
    userId: notification.userId,
    form: 'single',
    state: 'pending',
    countsAgainstCap: countsAgainstCap(notification.kind),
    plannedFor: at,
    nextTryAt: at,
    leaseUntil: null,
    deferrals: 0,
    reason: null,
    finishedAt: null,
    createdAt: now,
  }
}

function toNotificationMail({ notification, delivery }: Planned & { delivery: MailDelivery | undefined }) {
  const deliveryId: Id<'mailDelivery'> | null = delivery?.id ?? null
  return { notificationId: notification.id, userId: notification.userId, deliveryId }
}
