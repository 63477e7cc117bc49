import { afterEach, describe, expect, it } from 'vitest'
import { type Id, idToUuid, uuidToId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { upsertPreference } from '../../../src/modules/notifications/preference-repo.ts'
import { readNotification } from '../../../src/modules/notifications/read-notification.ts'
import type { Mailer, MailOutcome } from '../../../src/ports/mailer.ts'
import { useSmtpServer } from '../../adapters/mail/smtp-server.ts'
import { given } from '../../support/given.ts'
import { type MailRow, scriptedMailer, useMailDesk } from './mail-desk.ts'

const smtp = useSmtpServer()
const desk = useMailDesk()
const open: Mailer[] = []
afterEach(async () => {
  for (const mailer of open.splice(0)) await mailer.close()
  await desk.database.reset()
  desk.advanceToHour(9)
})

const idOf = ({ id }: MailRow) => uuidToId('mailDelivery', id)
const refused = (status: 'bounced' | 'rejected' | 'deferred' | 'unavailable'): MailOutcome => ({
  status,
  reason: status,
})

/** A user who was told one thing, with the mail that is planned. */
async function givenMail(address?: string) {
  const user = await given(desk.deps).organisation()
  if (address) await desk.rowsOf('update users set email = $2 where id = $1', idToUuid(user.userId), address)
  await desk.tell(user)
  return { user, id: await mailIdOf(user) }
}

async function mailIdOf(user: Principal): Promise<Id<'mailDelivery'>> {
  const mail = (await desk.mailsOf(user)).find(({ state }) => state === 'pending')
  if (mail === undefined) throw new Error('a pending mail expected')
  return idOf(mail)
}

describe('a mail over SMTP', () => {
  it('arrives once in the language of the user, however often the job runs', async () => {
    const { user, id } = await givenMail('ok+one@example.com')
    const mailer = desk.smtp(smtp.url)
    open.push(mailer)
    expect(await desk.send(mailer, id)).toEqual({ status: 'done' })
    expect(await desk.send(mailer, id)).toEqual({ status: 'done' })
    const mails = await smtp.mailsTo('ok+one@example.com')
    expect(mails.map(({ subject }) => subject)).toEqual(['被退回：气密性提升'])
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'sent', reason: null }])
  })

  it('that is greylisted is tried again later', async () => {
    const { user, id } = await givenMail('later+1@example.com')
    const mailer = desk.smtp(smtp.url)
    open.push(mailer)
    expect(await desk.send(mailer, id)).toEqual({ status: 'snooze', delayMs: 60_000 })
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'pending', deferrals: 1 }])
  })

  it('to an address that is gone bounces, and nothing is sent there any more', async () => {
    const { user, id } = await givenMail('gone+1@example.com')
    const mailer = desk.smtp(smtp.url)
    open.push(mailer)
    expect(await desk.send(mailer, id)).toEqual({ status: 'done' })
    expect(await desk.rowsOf('select email, reason from bounced_addresses')).toMatchObject([
      { email: 'gone+1@example.com', reason: expect.stringContaining('5.1.1') },
    ])
    await desk.tell(user)
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'failed' }])
    expect(await desk.rowsOf('select id from notifications')).toHaveLength(2)
  })

  it('harms nobody else while the server is away: the inbox goes on, and the mail waits', async () => {
    const { user, id } = await givenMail()
    const mailer = desk.smtp('smtp://127.0.0.1:1')
    open.push(mailer)
    expect(await desk.send(mailer, id)).toEqual({ status: 'snooze', delayMs: 300_000 })
    await desk.tell(user)
    expect(await desk.rowsOf('select id from notifications where in_app')).toHaveLength(2)
    expect((await desk.mailsOf(user)).map(({ state }) => state)).toEqual(['pending', 'pending'])
  })
})

describe('the attempts', () => {
  it('end after six answers of "later"', async () => {
    const { user, id } = await givenMail()
    const mailer = scriptedMailer(Array.from({ length: 9 }, () => refused('deferred')))
    for (let i = 0; i < 5; i += 1) {
      const outcome = await desk.send(mailer, id)
      if (outcome.status !== 'snooze') throw new Error(`attempt ${i + 1} ended with ${outcome.status}`)
      desk.clock.advance(outcome.delayMs)
    }
    expect(await desk.send(mailer, id)).toEqual({ status: 'done' })
    expect(mailer.sent).toHaveLength(6)
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'failed', reason: 'deferred' }])
  })

  it('do not count while the server is away, and end after two days', async () => {
    const { user, id } = await givenMail()
    const away: Mailer = { send: async () => refused('unavailable'), close: async () => {} }
    desk.clock.advance('1d')
    expect((await desk.send(away, id)).status).toBe('snooze')
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'pending', deferrals: 0 }])
    desk.clock.advance('25h')
    expect((await desk.send(away, id)).status).toBe('done')
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'failed' }])
  })

  it('leave the address alone when only the mail was refused', async () => {
    const { user, id } = await givenMail()
    await desk.send(scriptedMailer([refused('rejected')]), id)
    expect(await desk.rowsOf('select * from bounced_addresses')).toEqual([])
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'failed', reason: 'rejected' }])
  })

  it('of two workers at once are one', async () => {
    const { id } = await givenMail()
    const mailer = scriptedMailer()
    const outcomes = await Promise.all([desk.send(mailer, id), desk.send(mailer, id), desk.send(mailer, id)])
    expect(mailer.sent).toHaveLength(1)
    expect(outcomes.filter(({ status }) => status === 'done').length).toBeGreaterThan(0)
  })

  it('after a crash between acceptance and commit repeat the mail under the same id: the one gap SMTP leaves', async () => {
    const { user, id } = await givenMail()
    const mailer = scriptedMailer()
    const crashing: Mailer = {
      ...mailer,
      send: async (mail) => {
        await mailer.send(mail)
        throw new Error('killed')
      },
    }
    await expect(desk.send(crashing, id)).rejects.toThrow('killed')
    expect(await desk.send(mailer, id)).toEqual({ status: 'snooze', delayMs: 120_000 })
    desk.clock.advance(120_000)
    expect(await desk.send(mailer, id)).toEqual({ status: 'done' })
    expect(mailer.sent.map((mail) => mail.id)).toEqual([id, id])
    expect(await desk.mailsOf(user)).toMatchObject([{ state: 'sent' }])
  })
})

describe('what changed since the mail was planned', () => {
  it('counts: read, turned off, disabled or gone, it is not sent', async () => {
    const mailer = scriptedMailer()
    const read = await givenMail()
    const [row] = await desk.rowsOf('select id from notifications')
    await readNotification(desk.deps, read.user, uuidToId('notification', String(row?.id)))
    const off = await givenMail()
    const { userId } = off.user
    await upsertPreference(desk.deps.db, { userId, kind: 'listing.returned', channel: 'email', mode: 'off' })
    const disabled = await givenMail()
    await desk.rowsOf('update users set is_disabled = true where id = $1', idToUuid(disabled.user.userId))
    for (const { id, user } of [read, off, disabled]) {
      await desk.send(mailer, id)
      expect(await desk.mailsOf(user)).toMatchObject([{ state: 'dropped' }])
    }
    expect(mailer.sent).toEqual([])
  })

  it('a retry that falls into the night waits for the morning; a warning does not', async () => {
    const { user, id } = await givenMail()
    await desk.warn(user)
    const [usual, urgent] = [id, (await desk.mailsOf(user)).map(idOf).find((other) => other !== id)]
    if (urgent === undefined) throw new Error('two mails expected')
    const mailer = scriptedMailer()
    desk.advanceToHour(23)
    const outcome = await desk.send(mailer, usual)
    expect(outcome).toEqual({ status: 'snooze', delayMs: 9 * 3_600_000 })
    await desk.send(mailer, urgent)
    expect(mailer.sent.map((mail) => mail.id)).toEqual([urgent])
  })
})
