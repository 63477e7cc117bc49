import { createHash } from 'node:crypto'
import type { Db } from '../db/client.ts'
import { withTx } from '../db/tx.ts'
import type { Log } from '../kernel/log.ts'
import { canonicalJson } from './canonical-json.ts'
import { genesis } from './chain.ts'
import { type Anchor, findHeadsSince, findLastAnchor, insertAnchor, lockSealing } from './chain-repo.ts'
import { sealEntries } from './seal-entries.ts'

type Made = Omit<Anchor, 'madeAt'>

/**
 * Writes down where the chains stand and says it in the log, which usually leaves the machine: whoever keeps the line can
 * prove later that the end of a chain was cut off. Nothing when nothing was added since the last anchor.
 */
export async function anchorChains(deps: { db: Db; log: Log }): Promise<Made | undefined> {
  await sealEntries(deps)
  const anchor = await withTx(deps.db, async (tx) => {
    if (!(await lockSealing(tx))) return undefined
    const last = await findLastAnchor(tx)
    const heads = await findHeadsSince(tx, last?.madeAt)
    if (heads.length === 0) return undefined
    const place = { position: (last?.position ?? 0) + 1, heads, prevHash: last?.hash ?? genesis }
    const next = { ...place, hash: anchorHash(place) }
    await insertAnchor(tx, next)
    return next
  })
  if (anchor) deps.log.info({ position: anchor.position, hash: anchor.hash }, 'audit anchor')
  return anchor
}

export function anchorHash({ position, heads, prevHash }: Pick<Anchor, 'position' | 'heads' | 'prevHash'>): string {
  return createHash('sha256')
    .update(`${prevHash}\n${canonicalJson({ position, heads })}`)
    .digest('hex')
}
