import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { findListings } from '../listings/index.ts'

/** A deal is called like what it is about, until the parties name it. */
export async function titleOf(db: Db, supplyId: Id<'supply'>): Promise<string> {
  const [supply] = await findListings(db, [supplyId])
  return supply?.content.title ?? '技术交易'
}
