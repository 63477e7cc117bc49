import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { uuidToId } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import { readConfidential, writeConfidential } from './confidential.ts'
import { lockClearConfidentials } from './confidential-repo.ts'
import { entityOfKind } from './domain/listing.ts'

const batch = 100

/** Seals what a program before this one stored in clear, a hundred listings in a transaction. */
export async function sealConfidentials({ db, vault }: { db: Db; vault: Vault }): Promise<undefined> {
  let sealed: number
  do {
    sealed = await withTx(db, async (tx) => {
      const rows = await lockClearConfidentials(tx, batch)
      for (const { listingId, kind } of rows) {
        const id = uuidToId(entityOfKind[kind], listingId)
        await writeConfidential({ tx, vault }, id, await readConfidential({ db: tx, vault }, id))
      }
      return rows.length
    })
  } while (sealed === batch)
}
