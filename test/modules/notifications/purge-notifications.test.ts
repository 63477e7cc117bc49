import { beforeEach, describe, expect, it } from 'vitest'
import { idToUuid } from '../../../src/kernel/ids.ts'
import { deleteOldNotifications } from '../../../src/modules/notifications/notification-repo.ts'
import { purgeNotifications } from '../../../src/modules/notifications/purge-notifications.ts'
import { given } from '../../support/given.ts'
import { useMailDesk } from './mail-desk.ts'

const desk = useMailDesk()
beforeEach(() => desk.database.reset())

const daysAgo = (days: number) => new Date(desk.clock.now().getTime() - days * 86_400_000)

/** An id as it was made on a day: UUIDv7 begins with the milliseconds. */
function idFrom(day: Date, n: number): string {
  const hex = day.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(n).padStart(12, '0')}`
}

async function givenNotification(
  n: number,
  { createdDaysAgo, readDaysAgo }: { createdDaysAgo: number; readDaysAgo?: number },
) {
  const { orgId, userId } = await given(desk.deps).organisation()
  const createdAt = daysAgo(createdDaysAgo)
  const readAt = readDaysAgo === undefined ? null : daysAgo(readDaysAgo)
  await desk.rowsOf(
    `insert into notifications (id, user_id, org_id, kind, subject_id, params, read_at, created_at)
     values ($1, $2, $3, 'organisation.verified', $4, '{}', $5, $6)`,
    ...[idFrom(createdAt, n), idToUuid(userId), idToUuid(orgId), `subject ${n}`, readAt, createdAt],
  )
}

describe('the purge', () => {
  it('deletes what was read 180 days ago and what nobody read in 365, and keeps the rest', async () => {
    await givenNotification(1, { createdDaysAgo: 200, readDaysAgo: 181 })
    await givenNotification(2, { createdDaysAgo: 200, readDaysAgo: 179 })
    await givenNotification(3, { createdDaysAgo: 366 })
    await givenNotification(4, { createdDaysAgo: 364 })
    await givenNotification(5, { createdDaysAgo: 500, readDaysAgo: 10 })
    await purgeNotifications(desk.deps)
    const left = await desk.rowsOf('select subject_id from notifications order by subject_id')
    expect(left.map(({ subject_id }) => subject_id)).toEqual(['subject 2', 'subject 4', 'subject 5'])
    await purgeNotifications(desk.deps)
  })

  it('works in batches', async () => {
    for (let n = 0; n < 5; n += 1) await givenNotification(n, { createdDaysAgo: 400 })
    const batch = { readBefore: daysAgo(180), unreadBefore: daysAgo(365), limit: 2 }
    const counts: number[] = []
    for (let round = 0; round < 4; round += 1) counts.push((await deleteOldNotifications(desk.deps.db, batch)).count)
    expect(counts).toEqual([2, 2, 1, 0])
  })

  it('deletes mails and stored mails of old, and what they told stays', async () => {
    const user = await given(desk.deps).organisation()
    await desk.tell(user)
    await desk.rowsOf(`update mail_deliveries set state = 'sent', finished_at = $1`, daysAgo(181))
    await desk.rowsOf(
      `insert into stored_mails (id, message_id, from_address, to_address, subject, text_body, html_body, headers, created_at)
       values (gen_random_uuid(), 'old', '', '', '', '', '', '{}', $1), (gen_random_uuid(), 'new', '', '', '', '', '', '{}', $2)`,
      ...[daysAgo(31), daysAgo(29)],
    )
    await purgeNotifications(desk.deps)
    expect(await desk.mailsOf(user)).toEqual([])
    expect(await desk.rowsOf('select message_id from stored_mails')).toEqual([{ message_id: 'new' }])
    expect(await desk.rowsOf('select id from notifications')).toHaveLength(1)
  })
})
