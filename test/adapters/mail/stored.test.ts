import { describe, expect, it } from 'vitest'
import { storedMailer } from '../../../src/adapters/mail/stored.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'

const database = useTestDatabase()

describe('the stored mailer', () => {
  it('keeps a mail whole, and a repeated one once', async () => {
    const mailer = storedMailer({ db: database.db, clock: testClock(), from: '鹊桥 <no-reply@example.cn>' })
    const headers = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    const mail = {
      id: 'mdl_01k9w3ynwzf5yr8t6x2m4q7c1d',
      to: 'a@example.com',
      subject: '主题',
      text: 't',
      html: 'h',
      headers,
    }
    expect([await mailer.send(mail), await mailer.send(mail)]).toEqual([{ status: 'accepted' }, { status: 'accepted' }])
    const { rows } = await database.pool.query('select * from stored_mails')
    expect(rows).toMatchObject([
      {
        message_id: `<${mail.id}@example.cn>`,
        to_address: mail.to,
        subject: '主题',
        text_body: 't',
        html_body: 'h',
        headers,
      },
    ])
  })
})
