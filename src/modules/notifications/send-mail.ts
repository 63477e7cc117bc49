import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { assertNever } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import { passFaultPoint } from '../../kernel/fault-points.ts'
import type { Id } from '../../kernel/ids.ts'
import { cancel, done, type Outcome, snooze } from '../../kernel/job.ts'
import type { Mailer, MailOutcome } from '../../ports/mailer.ts'
import { composeMail, stillWanted } from './compose-mail.ts'
import { kindOf } from './domain/kinds.ts'
import { afterAbsence, afterDeferral } from './domain/mail-retry.ts'
import { whenNotQuiet } from './domain/quiet-hours.ts'
import type { MailLinks } from './mail-links.ts'
import {
  findDelivery,
  listNotificationsOfMail,
  type MailDelivery,
  updateToFinished,
  updateToLeased,
  updateToWaiting,
  upsertBounce,
} from './mail-repo.ts'
import { listRecipients } from './recipient-view.ts'

type Deps = { db: Db; clock: Clock; mailer: Mailer; mailLinks: MailLinks }

/** Longer than the mailer ever takes, so that no second worker sends while the first still talks to the server. */
const leaseMs = 120_000

/**
 * Sends one mail. The lease keeps other runs away; the row, not the job, counts attempts and knows the time. One gap stays
 * open and cannot be closed over SMTP: a crash between the server's "accepted" and our commit sends the mail a second time,
 * under the same Message-ID.
 */
export async function sendMail(deps: Deps, { deliveryId }: { deliveryId: Id<'mailDelivery'> }): Promise<Outcome> {
  const now = deps.clock.now()
  const leaseUntil = new Date(now.getTime() + leaseMs)
  const delivery = await updateToLeased(deps.db, deliveryId, { now, leaseUntil })
  if (delivery === undefined) return whyNot(await findDelivery(deps.db, deliveryId), now)
  return attempt(deps, delivery)
}

function whyNot(delivery: MailDelivery | undefined, now: Date): Outcome {
  if (delivery === undefined) return cancel('there is no such mail')
  if (delivery.state !== 'pending') return done
  const freeAt = Math.max(delivery.nextTryAt.getTime(), delivery.leaseUntil?.getTime() ?? 0)
  return snooze(Math.max(freeAt - now.getTime(), 1_000))
}

async function attempt(deps: Deps, delivery: MailDelivery): Promise<Outcome> {
  const [recipient] = await listRecipients(deps.db, [delivery.userId])
  if (recipient === undefined || recipient.isDisabled) return drop(deps, delivery, 'the user cannot sign in any more')
  if (recipient.bounce) return drop(deps, delivery, 'the address bounced')
  const all = await listNotificationsOfMail(deps.db, delivery.id)
  const notifications = stillWanted({ recipient, notifications: all })
  if (notifications.length === 0) return drop(deps, delivery, 'read or turned off before it was sent')
  const now = deps.clock.now()
  const isUrgent = notifications.some(({ kind }) => kindOf(kind).importance === 'high')
  const allowedAt = isUrgent ? now : whenNotQuiet(now, recipient.settings)
  if (allowedAt > now) return wait(deps, delivery, { nextTryAt: allowedAt, reason: 'quiet hours' })
  const outcome = await deps.mailer.send(composeMail(deps.mailLinks, { delivery, recipient, notifications }))
  passFaultPoint('mail.sent')
  return settle(deps, { delivery, email: recipient.email }, outcome)
}

async function settle(
  deps: Deps,
  { delivery, email }: { delivery: MailDelivery; email: string },
  outcome: MailOutcome,
): Promise<Outcome> {
  const now = deps.clock.now()
  switch (outcome.status) {
    case 'accepted':
      await updateToFinished(deps.db, delivery.id, { state: 'sent', reason: null, finishedAt: now })
      return done
    case 'bounced':
      await withTx(deps.db, async (tx) => {
        await upsertBounce(tx, { email, reason: outcome.reason, bouncedAt: now })
        await fail({ ...deps, db: tx }, delivery, outcome.reason)
      })
      return done
    case 'rejected':
      return fail(deps, delivery, outcome.reason)
    case 'deferred': {
      const deferrals = delivery.deferrals + 1
      const nextTryAt = afterDeferral(deferrals, now)
      return waitOrFail(deps, { ...delivery, deferrals }, { nextTryAt, reason: outcome.reason })
    }
    case 'unavailable': {
      const nextTryAt = afterAbsence(delivery.plannedFor, now)
      return waitOrFail(deps, delivery, { nextTryAt, reason: outcome.reason })
    }
    default:
      return assertNever(outcome)
  }
}

function waitOrFail(
  deps: Deps,
  delivery: MailDelivery,
  { nextTryAt, reason }: { nextTryAt: Date | undefined; reason: string },
): Promise<Outcome> {
  return nextTryAt ? wait(deps, delivery, { nextTryAt, reason }) : fail(deps, delivery, reason)
}

async function wait(
  { db, clock }: Deps,
  { id, deferrals }: MailDelivery,
  { nextTryAt, reason }: { nextTryAt: Date; reason: string },
): Promise<Outcome> {
  await updateToWaiting(db, id, { nextTryAt, deferrals, reason })
  return snooze(nextTryAt.getTime() - clock.now().getTime())
}

async function fail({ db, clock }: Deps, { id }: MailDelivery, reason: string): Promise<Outcome> {
  await updateToFinished(db, id, { state: 'failed', reason, finishedAt: clock.now() })
  return done
}

async function drop({ db, clock }: Deps, { id }: MailDelivery, reason: string): Promise<Outcome> {
  await updateToFinished(db, id, { state: 'dropped', reason, finishedAt: clock.now() })
  return done
}
