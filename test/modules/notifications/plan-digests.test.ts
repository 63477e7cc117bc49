import { beforeEach, describe, expect, it } from 'vitest'
import { idToUuid, uuidToId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { planDigests } from '../../../src/modules/notifications/plan-digests.ts'
import { upsertPreference } from '../../../src/modules/notifications/preference-repo.ts'
import { resumeOverdueMails } from '../../../src/modules/notifications/resume-overdue-mails.ts'
import { given } from '../../support/given.ts'
import { scriptedMailer, useMailDesk } from './mail-desk.ts'

const desk = useMailDesk()
beforeEach(async () => {
  await desk.database.reset()
  desk.advanceToHour(9)
})

async function givenDigestReader(): Promise<Principal> {
  const user = await given(desk.deps).organisation()
  await upsertPreference(desk.deps.db, { userId: user.userId, kind: '*', channel: 'email', mode: 'digest' })
  return user
}

async function pendingIds(user: Principal) {
  const mails = await desk.mailsOf(user)
  return mails.filter(({ state }) => state === 'pending').map(({ id }) => uuidToId('mailDelivery', id))
}

describe('the digest', () => {
  it('collects what waits into one mail a user, each notification in one mail only', async () => {
    const [one, other] = [await givenDigestReader(), await givenDigestReader()]
    for (const title of ['甲', '乙', '丙']) await desk.tell(one, title)
    await desk.tell(other, '丁')
    expect(await desk.mailsOf(one)).toEqual([])
    await Promise.all([planDigests(desk.deps), planDigests(desk.deps)])
    const mailer = scriptedMailer()
    for (const user of [one, other]) for (const id of await pendingIds(user)) await desk.send(mailer, id)
    expect(mailer.sent.map(({ subject }) => subject)).toEqual(['鹊桥每日汇总：3 条通知', '鹊桥每日汇总：1 条通知'])
    expect(mailer.sent[0]?.text.match(/[甲乙丙丁]/g)).toEqual(['甲', '乙', '丙'])
  })

  it('goes out once a day, also when its job runs again', async () => {
    const user = await givenDigestReader()
    await desk.tell(user)
    await planDigests(desk.deps)
    await desk.tell(user)
    desk.clock.advance('2h')
    await planDigests(desk.deps)
    expect(await desk.mailsOf(user)).toHaveLength(1)
    desk.clock.advance('22h')
    await planDigests(desk.deps)
    expect((await desk.mailsOf(user)).map(({ form }) => form)).toEqual(['digest', 'digest'])
  })

  it('takes what is beyond the daily cap, and warnings never wait', async () => {
    const user = await given(desk.deps).organisation()
    for (let i = 0; i < 23; i += 1) await desk.tell(user)
    await desk.warn(user)
    expect(await desk.mailsOf(user)).toHaveLength(21)
    const waiting = 'select notification_id from notification_mails where delivery_id is null and user_id = $1'
    expect(await desk.rowsOf(waiting, idToUuid(user.userId))).toHaveLength(3)
  })

  it('keeps the cap when many are told at the same time', async () => {
    const user = await given(desk.deps).organisation()
    await Promise.all(Array.from({ length: 30 }, () => desk.tell(user)))
    expect(await desk.mailsOf(user)).toHaveLength(20)
  })

  it('leaves out what was read in the meantime, and is not sent when nothing is left', async () => {
    const user = await givenDigestReader()
    await desk.tell(user, '读过')
    await desk.tell(user, '没读')
    await planDigests(desk.deps)
    await desk.rowsOf(`update notifications set read_at = now() where params->>'listingTitle' = '读过'`)
    const mailer = scriptedMailer()
    for (const id of await pendingIds(user)) await desk.send(mailer, id)
    expect(mailer.sent[0]?.text).toContain('没读')
    expect(mailer.sent[0]?.text).not.toContain('读过')
  })
})

describe('a mail whose job was lost', () => {
  it('is announced again after a quarter of an hour, others are not', async () => {
    const user = await given(desk.deps).organisation()
    await desk.tell(user)
    const announced = () => desk.rowsOf(`select id from outbox_events where type = 'notification_mails.planned'`)
    const before = (await announced()).length
    desk.clock.advance('10m')
    await resumeOverdueMails(desk.deps)
    expect(await announced()).toHaveLength(before)
    desk.clock.advance('6m')
    await resumeOverdueMails(desk.deps)
    expect(await announced()).toHaveLength(before + 1)
    for (const id of await pendingIds(user)) await desk.send(scriptedMailer(), id)
    await resumeOverdueMails(desk.deps)
    expect(await announced()).toHaveLength(before + 1)
  })
})
