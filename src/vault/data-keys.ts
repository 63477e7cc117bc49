import type { Db } from '../db/client.ts'
import type { Tx } from '../db/tx.ts'
import { impossible } from '../kernel/assert.ts'
import { idToUuid } from '../kernel/ids.ts'
import type { DataKey, Vault } from '../ports/vault.ts'
import { deleteWrappedKey, findWrappedKey, insertWrappedKey } from './data-key-repo.ts'

/** The key of an object, or undefined when it never had one or it was destroyed. @throws when it does not unwrap. */
export async function findDataKey(deps: { db: Db; vault: Vault }, id: string): Promise<DataKey | undefined> {
  const subject = idToUuid(id)
  const key = await findWrappedKey(deps.db, subject)
  return key && deps.vault.openDataKey(key, contextOf(subject))
}

/** The key of an object, made when it has none. Of two transactions that make one at the same time, both get the first. */
export async function ensureDataKey({ tx, vault }: { tx: Tx; vault: Vault }, id: string): Promise<DataKey> {
  const known = await findDataKey({ db: tx, vault }, id)
  if (known !== undefined) return known
  const subject = idToUuid(id)
  await insertWrappedKey(tx, subject, vault.newDataKey(contextOf(subject)))
  return (await findDataKey({ db: tx, vault }, id)) ?? impossible(`the data key of ${id} is gone`)
}

/** Crypto-shredding: what the key sealed opens nowhere any more, whichever copies of it are left. */
export function destroyDataKey(tx: Tx, id: string): Promise<void> {
  return deleteWrappedKey(tx, idToUuid(id))
}

/** Bound to its object: a wrapped key copied to another row does not unwrap. */
export function contextOf(subject: string): string {
  return `data key of ${subject}`
}
