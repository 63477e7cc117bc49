import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { mayAct, principalOf } from './principal-of.ts'
import { getAccount } from './user-repo.ts'

/** The user as an actor in the background, as far as it may still act: what it asked for an hour ago is done in its name. */
export async function findActor(db: Db, userId: Id<'user'>): Promise<Principal | undefined> {
  const account = await getAccount(db, userId)
  return mayAct(account) ? principalOf(account) : undefined
}
