import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import type { Mailer } from '../../ports/mailer.ts'
import { mailsPlanned } from './events.ts'
import { fanOutFacts } from './fan-out.ts'
import type { MailLinks } from './mail-links.ts'
import { noticeRules } from './notices/rules.ts'
import { planDigests } from './plan-digests.ts'
import { purgeNotifications } from './purge-notifications.ts'
import { resumeOverdueMails } from './resume-overdue-mails.ts'
import { sendMail } from './send-mail.ts'

export const fanOutFactsJob = defineJob({
  name: 'notifications.fan-out-facts',
  queue: 'notifications',
  attempts: 5,
  gather: { list: 'facts', atMost: 20 },
  payload: z.object({
    facts: z.array(z.object({ event: z.string(), data: z.record(z.string(), z.unknown()) })).min(1),
  }),
  run: fanOutFacts,
})

/**
 * On a queue of its own: while a mail server is away, mails wait there and nobody's inbox does. The attempts here are for
 * crashes; what the mail server answers is counted in the row.
 */
export const sendMailJob = defineJob({
  name: 'notifications.send-mail',
  queue: 'mail',
  attempts: 6,
  payload: z.object({ deliveryId: idSchema('mailDelivery') }),
  run: sendMail,
})

export const planDigestsJob = defineJob({
  name: 'notifications.plan-digests',
  queue: 'mail',
  attempts: 5,
  payload: z.object({}),
  run: (deps: { db: Db; clock: Clock }) => planDigests(deps),
})

export const resumeOverdueMailsJob = defineJob({
  name: 'notifications.resume-overdue-mails',
  queue: 'mail',
  attempts: 1,
  payload: z.object({}),
  run: (deps: { db: Db; clock: Clock }) => resumeOverdueMails(deps),
})

export const purgeNotificationsJob = defineJob({
  name: 'notifications.purge-notifications',
  queue: 'maintenance',
  attempts: 3,
  payload: z.object({}),
  run: (deps: { db: Db; clock: Clock }) => purgeNotifications(deps),
})

type JobDeps = { db: Db; clock: Clock; mailer: Mailer; mailLinks: MailLinks }

export const notificationJobs: readonly Job<JobDeps>[] = [
  fanOutFactsJob,
  sendMailJob,
  planDigestsJob,
  resumeOverdueMailsJob,
  purgeNotificationsJob,
]

/** The digest goes out at 08:30 in China; old rows go at four in the morning there. */
export const notificationSchedules: Schedule[] = [
  { id: 'notifications.plan-digests', request: planDigestsJob.request({}), pattern: '30 0 * * *' },
  { id: 'notifications.resume-overdue-mails', request: resumeOverdueMailsJob.request({}), everyMs: 15 * 60_000 },
  { id: 'notifications.purge-notifications', request: purgeNotificationsJob.request({}), pattern: '0 20 * * *' },
]

export const notificationSubscriptions: Subscription[] = [
  ...noticeRules.map(({ subscribe }) => subscribe((fact) => fanOutFactsJob.request({ facts: [fact] }))),
  on(mailsPlanned, ({ mails }) =>
    mails.map(({ deliveryId, at }) =>
      sendMailJob.request({ deliveryId }, { coalesce: deliveryId, ...(at && { runAt: new Date(at) }) }),
    ),
  ),
]
