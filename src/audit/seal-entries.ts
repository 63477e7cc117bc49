import type { Db } from '../db/client.ts'
import { withTx } from '../db/tx.ts'
import { type AuditRecord, emptyHead, type Head, type Link, linkAfter } from './chain.ts'
import { chainOf, findHeads, insertLinks, listPending, lockSealing } from './chain-repo.ts'

const batchSize = 500

/**
 * Links what was committed since the last run into the chains of its organisations. Runs beside the writers, so that no
 * transaction waits for another's place in a chain (ADR 0014). @returns how many entries were linked.
 */
export async function sealEntries({ db }: { db: Db }): Promise<number> {
  let total = 0
  for (;;) {
    const sealed = await withTx(db, async (tx) => {
      if (!(await lockSealing(tx))) return 0
      const records = await listPending(tx, batchSize)
      if (records.length === 0) return 0
      const heads = await findHeads(tx, [...new Set(records.map(chainOf))])
      await insertLinks(tx, link(records, heads))
      return records.length
    })
    total += sealed
    if (sealed < batchSize) return total
  }
}

function link(records: readonly AuditRecord[], ends: readonly Head[]): { record: AuditRecord; link: Link }[] {
  const heads = new Map(ends.map((head) => [head.chain, head]))
  return records.map((record) => {
    const chain = chainOf(record)
    const next = linkAfter(heads.get(chain) ?? emptyHead(chain), record)
    heads.set(chain, next)
    return { record, link: next }
  })
}
