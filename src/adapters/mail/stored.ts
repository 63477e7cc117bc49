import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idToUuid, newId } from '../../kernel/ids.ts'
import type { Mailer } from '../../ports/mailer.ts'
import { messageIdOf } from './message-id.ts'

/** Keeps mails in the database instead of sending them: what runs where no mail server is configured. */
export function storedMailer({ db, clock, from }: { db: Db; clock: Clock; from: string }): Mailer {
  return {
    send: async ({ id, to, subject, text, html, headers }) => {
      await db.execute(sql`
        insert into stored_mails
          (id, message_id, from_address, to_address, subject, text_body, html_body, headers, created_at)
        values (${idToUuid(newId('storedMail'))}, ${messageIdOf(id, from)}, ${from}, ${to}, ${subject}, ${text}, ${html},
                ${JSON.stringify(headers)}::jsonb, ${clock.now().toISOString()}::timestamptz)
        on conflict on constraint stored_mails__message do nothing`)
      return { status: 'accepted' }
    },
    close: async () => {},
  }
}
