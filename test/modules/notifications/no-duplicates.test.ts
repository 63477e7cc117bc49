import { afterAll, expect, it } from 'vitest'
import { type Id, newId, uuidToId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { upsertPreference } from '../../../src/modules/notifications/preference-repo.ts'
import { tellUsers } from '../../../src/modules/notifications/tell-users.ts'
import type { Mailer } from '../../../src/ports/mailer.ts'
import { given } from '../../support/given.ts'
import { scriptedMailer, useMailDesk } from './mail-desk.ts'

const desk = useMailDesk()
const eventCount = 2_000
const userCount = 20
/** Every fourth user gets mails, so that the file stays below a minute on two cores; the inbox takes all. */
const mailedEvery = 4
const mailCount = eventCount / mailedEvery

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
const chance = random(7)

type Told = { user: Principal; subjectId: Id<'session'> }

async function tell({ user, subjectId }: Told): Promise<void> {
  const { orgId, userId } = user
  const notice = { orgId, userIds: [userId], kind: 'security.session_reused' as const, subjectId }
  await tellUsers(desk.deps, { ...notice, params: { displayName: '李明' } })
}

/** Kills one of the database sessions at work, as a kill -9 of their worker would end them. */
async function abortSomething(): Promise<void> {
  await desk.rowsOf(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query not like '%pg_terminate_backend%' limit 1`)
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = [...items]
  const lane = async () => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) {
      if (chance() < 0.01) await abortSomething().catch(() => {})
      await work(item).catch(() => {})
    }
  }
  await Promise.all(Array.from({ length: 6 }, lane))
}

async function pending(): Promise<Id<'mailDelivery'>[]> {
  const rows = await desk.rowsOf(`select id from mail_deliveries where state = 'pending'`)
  return rows.map(({ id }) => uuidToId('mailDelivery', String(id)))
}

const mailer = scriptedMailer()
afterAll(() => mailer.close())

it('tells each of 2,000 facts once, in the inbox and by mail, with every job run twice and workers killed in between', async () => {
  const now = given(desk.deps)
  const users: Principal[] = []
  for (let i = 0; i < userCount; i += 1) {
    const user = await now.organisation()
    users.push(user)
    if (i % mailedEvery === 0) continue
    const choice = { userId: user.userId, kind: 'security.session_reused' as const, channel: 'email' as const }
    await upsertPreference(desk.deps.db, { ...choice, mode: 'off' })
  }
  const told = Array.from({ length: eventCount }, (_, i): Told => {
    const user = users[i % userCount]
    if (user === undefined) throw new Error('a user expected')
    return { user, subjectId: newId('session') }
  })
  const failed: Told[] = []
  await inParallel([...told, ...told], (one) =>
    tell(one).catch((error: unknown) => {
      failed.push(one)
      throw error
    }),
  )
  expect(failed.length).toBeGreaterThan(0)
  for (const one of [...failed, ...failed]) await tell(one)

  const [inbox] = await desk.rowsOf(
    `select count(*)::int as rows, count(distinct (user_id, subject_id))::int as facts from notifications`,
  )
  expect(inbox).toEqual({ rows: eventCount, facts: eventCount })
  const [mails] = await desk.rowsOf(
    `select count(*)::int as rows, count(distinct delivery_id)::int as mails from notification_mails`,
  )
  expect(mails).toEqual({ rows: mailCount, mails: mailCount })

  /** Mails of runs that died; only such a run can have got an acceptance that was not committed. */
  const died = new Set<string>()
  const crashing: Mailer = {
    close: mailer.close,
    send: async (mail) => {
      const outcome = await mailer.send(mail)
      if (chance() >= 0.02) return outcome
      throw new Error('killed between acceptance and commit')
    },
  }
  for (let round = 0; round < 10; round += 1) {
    const ids = await pending()
    if (ids.length === 0) break
    await inParallel([...ids, ...ids], (id) =>
      desk.send(round < 5 ? crashing : mailer, id).catch((error: unknown) => {
        died.add(id)
        throw error
      }),
    )
    desk.clock.advance('3m')
  }
  const counts = new Map<string, number>()
  for (const { id } of mailer.sent) counts.set(id, (counts.get(id) ?? 0) + 1)
  expect(counts.size).toBe(mailCount)
  expect(await pending()).toEqual([])
  const repeated = [...counts].filter(([, count]) => count > 1).map(([id]) => id)
  expect(repeated.length).toBeGreaterThan(0)
  expect(repeated.filter((id) => !died.has(id))).toEqual([])
}, 300_000)
