import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { admitReading } from './admit-reading.ts'
import { readConfidential } from './confidential.ts'
import type { ReadingPurpose } from './domain/disclosure.ts'
import type { ListingId } from './domain/listing.ts'

export type Reading = {
  listingId: ListingId
  detail: string | undefined
  /** Names this one reading in the audit log of the listing's owner. Owners read without. */
  watermark: Id<'reading'> | undefined
  readAt: Date
}

type Input = { id: ListingId; purpose: ReadingPurpose }

/** The confidential detail, for the owner and for whom a grant lets in, who leave a row in the audit log. @throws NOT_FOUND */
export function readConfidentialDetail(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, purpose }: Input,
): Promise<Reading> {
  const readAt = clock.now()
  return withTx(db, async (tx) => {
    const watermark = await admitReading(tx, actor, { id, purpose, action: 'confidential_detail.read', at: readAt })
    const { detail } = await readConfidential({ db: tx, vault }, id)
    return { listingId: id, detail, watermark, readAt }
  })
}
