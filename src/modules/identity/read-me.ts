import type { Db } from '../../db/client.ts'
import { hasPermission, type Permission, permissions } from '../../kernel/permissions.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Account, getAccount } from './user-repo.ts'

/** The actor's own account, and what its role, and for an API key its scopes, allow. */
export async function readMe(deps: { db: Db }, actor: Principal): Promise<Account & { permissions: Permission[] }> {
  const account = await getAccount(deps.db, actor.userId)
  return { ...account, permissions: permissions.filter((permission) => hasPermission(actor, permission)) }
}
