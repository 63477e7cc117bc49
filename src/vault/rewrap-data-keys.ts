import type { Db } from '../db/client.ts'
import type { Vault } from '../ports/vault.ts'
import { listForeignKeys, updateWrappedKey } from './data-key-repo.ts'
import { contextOf } from './data-keys.ts'

const batch = 500

/**
 * After SECRET_KEY has changed: wraps every data key by the new one, which takes SECRET_KEY_PREVIOUS. The texts stay as they
 * are. @returns how many keys it wrapped. @throws when a key was wrapped by neither.
 */
export async function rewrapDataKeys({ db, vault }: { db: Db; vault: Vault }): Promise<number> {
  let total = 0
  for (;;) {
    const foreign = await listForeignKeys(db, vault.keyId, batch)
    for (const { subject, ...before } of foreign) {
      await updateWrappedKey(db, { subject, before, after: vault.rewrap(before, contextOf(subject)) })
    }
    total += foreign.length
    if (foreign.length < batch) return total
  }
}
