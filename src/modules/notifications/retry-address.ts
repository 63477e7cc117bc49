import type { Db } from '../../db/client.ts'
import type { Principal } from '../../kernel/principal.ts'
import { deleteBounce } from './mail-repo.ts'
import { readPreferences } from './read-preferences.ts'
import type { Recipient } from './recipient-view.ts'

/** Lets mails go to the actor's address again after its mailbox was repaired; the next refusal stops them again. */
export async function retryAddress(deps: { db: Db }, actor: Principal): Promise<Recipient> {
  const { email } = await readPreferences(deps, actor)
  await deleteBounce(deps.db, email)
  return readPreferences(deps, actor)
}
