import { smtpMailer } from '../../../src/adapters/mail/smtp.ts'
import { type Id, idToUuid, newId } from '../../../src/kernel/ids.ts'
import type { Outcome } from '../../../src/kernel/job.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { mailLinks } from '../../../src/modules/notifications/index.ts'
import { sendMail } from '../../../src/modules/notifications/send-mail.ts'
import { tellUsers } from '../../../src/modules/notifications/tell-users.ts'
import type { Mail, Mailer, MailOutcome } from '../../../src/ports/mailer.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'

/** A mailer that answers what it is told and keeps what it was given. */
export function scriptedMailer(script: MailOutcome[] = []): Mailer & { sent: Mail[] } {
  const sent: Mail[] = []
  return {
    sent,
    send: async (mail) => {
      sent.push(mail)
      return script.shift() ?? { status: 'accepted' }
    },
    close: async () => {},
  }
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export const links = mailLinks({ publicUrl: 'https://api.example.cn', secretKey: 'k'.repeat(32) })

/** Told, planned and sent by hand on a database of its own; the clock stands at nine in the morning in China. */
export function useMailDesk() {
  const database = useTestDatabase()
  const clock = testClock()
  const desk = {
    ...{ database, clock },
    get deps() {
      return { db: database.db, clock }
    },
    rowsOf: async (sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> =>
      (await database.pool.query(sql, values)).rows,
    /** A returned listing, told to the user. */
    tell: async ({ orgId, userId }: Principal, title = '气密性提升') => {
      const listingId = newId('demand')
      const params = { listingId, listingTitle: title, listingKind: 'demand' as const, reasons: ['duplicate'] }
      await tellUsers(desk.deps, { orgId, userIds: [userId], kind: 'listing.returned', subjectId: listingId, params })
    },
    warn: async ({ orgId, userId }: Principal) => {
      const params = { displayName: '李明' }
      const notice = { orgId, userIds: [userId], kind: 'security.session_reused' as const, params }
      await tellUsers(desk.deps, { ...notice, subjectId: newId('session') })
    },
    mailsOf: async ({ userId }: Principal): Promise<MailRow[]> =>
      (await desk.rowsOf(
        'select * from mail_deliveries where user_id = $1 order by id',
        idToUuid(userId),
      )) as MailRow[],
    send: (mailer: Mailer, deliveryId: Id<'mailDelivery'>): Promise<Outcome> =>
      sendMail({ ...desk.deps, mailer, mailLinks: links }, { deliveryId }),
    smtp: (url: string) => smtpMailer({ url, from: '鹊桥 <no-reply@example.cn>', clock, timeoutMs: 2_000 }),
    /** Moves on to the next time that clocks in China show this hour. */
    advanceToHour: (hour: number) => clock.advance(dayMs - ((clock.now().getTime() + (8 - hour) * hourMs) % dayMs)),
  }
  return desk
}

export type MailRow = {
  id: string
  state: string
  form: string
  reason: string | null
  deferrals: number
  planned_for: Date
  next_try_at: Date
}
