import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { listRecipients, type Recipient } from './recipient-view.ts'

/** The actor's own choices, or the defaults. */
export async function readPreferences({ db }: { db: Db }, { userId }: Pick<Principal, 'userId'>): Promise<Recipient> {
  const [recipient] = await listRecipients(db, [userId])
  if (recipient) return recipient
  throw notFound('user')
}
