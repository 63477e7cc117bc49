import type { Db } from '../db/client.ts'
import { anchorHash } from './anchor-chains.ts'
import { type Broken, genesis, type SealedRecord } from './chain.ts'
import { type Anchor, chainOf, findHashes, listAnchors, listSealed, listUnlinked } from './chain-repo.ts'
import { verifyRecords } from './verify-records.ts'

export type DatabaseReport = { entries: number; chains: number; anchors: number; broken: Broken[]; flaws: string[] }

const pageSize = 1_000

/** Recomputes every chain and every anchor, and looks for entries outside of the chains. */
export async function verifyDatabase(db: Db): Promise<DatabaseReport> {
  const { entries, heads, broken } = await verifyRecords(readSealed(db), { isWhole: true })
  const unlinked = (await listUnlinked(db)).map(
    (record) => `${record.id} of chain ${chainOf(record)} has no link and does not wait for one`,
  )
  const anchors = await verifyAnchors(db)
  return { entries, chains: heads.size, anchors: anchors.count, broken, flaws: [...unlinked, ...anchors.flaws] }
}

/** All sealed records, chain by chain. */
export async function* readSealed(db: Db, chain?: string): AsyncGenerator<SealedRecord> {
  let after: SealedRecord | undefined
  for (;;) {
    const page = await listSealed(db, { limit: pageSize, after, ...(chain === undefined ? {} : { chain }) })
    yield* page
    after = page.at(-1)
    if (page.length < pageSize) return
  }
}

async function verifyAnchors(db: Db): Promise<{ count: number; flaws: string[] }> {
  let [count, prevHash] = [0, genesis]
  for (;;) {
    const page = await listAnchors(db, count, 100)
    for (const anchor of page) {
      const flaw = await flawOfAnchor(db, anchor, { position: count + 1, prevHash })
      if (flaw !== undefined) return { count, flaws: [`anchor ${count + 1} ${flaw}`] }
      count = anchor.position
      prevHash = anchor.hash
    }
    if (page.length === 0) return { count, flaws: [] }
  }
}

async function flawOfAnchor(
  db: Db,
  anchor: Anchor,
  expected: { position: number; prevHash: string },
): Promise<string | undefined> {
  if (anchor.position !== expected.position) return 'is missing'
  if (anchor.prevHash !== expected.prevHash) return 'does not follow on the one before it'
  if (anchor.hash !== anchorHash(anchor)) return 'was changed'
  const hashes = await findHashes(db, anchor.heads)
  const lost = anchor.heads.find(({ chain, position, hash }) => hashes.get(`${chain} ${position}`) !== hash)
  return lost && `saw another entry at position ${lost.position} of chain ${lost.chain}`
}
