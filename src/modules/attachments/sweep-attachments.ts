import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { FileStore } from '../../ports/file-store.ts'
import { destroyDataKey } from '../../vault/index.ts'
import { findListing, type ListingId } from '../listings/index.ts'
import { deleteAttachment, listSuperfluous, markSubjectRemoved } from './attachment-repo.ts'

/** Longer than any upload takes. */
const UNSTORED_MS = 3_600_000
const BATCH_SIZE = 200

/** Deletes the bytes, rows and keys of removed files, and of uploads that never came to an end. Bytes first: a row names them. */
export async function sweepAttachments({
  db,
  clock,
  files,
}: {
  db: Db
  clock: Clock
  files: FileStore
}): Promise<undefined> {
  const unstoredBefore = new Date(clock.now().getTime() - UNSTORED_MS)
  let ids: Awaited<ReturnType<typeof listSuperfluous>>
  do {
    ids = await listSuperfluous(db, { unstoredBefore, limit: BATCH_SIZE })
    for (const id of ids) {
      await files.remove(id)
      await withTx(db, async (tx) => {
        await deleteAttachment(tx, id)
        await destroyDataKey(tx, id)
      })
    }
  } while (ids.length === BATCH_SIZE)
}

/** A listing that was deleted takes its files with it. */
export async function removeFilesOf(
  { db, clock }: { db: Db; clock: Clock },
  { listingId }: { listingId: ListingId },
): Promise<undefined> {
  await withTx(db, async (tx) => {
    if ((await findListing(tx, listingId)) === undefined) await markSubjectRemoved(tx, listingId, clock.now())
  })
}
