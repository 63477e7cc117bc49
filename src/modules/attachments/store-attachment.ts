import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Vault } from '../../ports/vault.ts'
import { keepBytes } from './attachment-bytes.ts'
import {
  type Attachment,
  countAttachmentsOf,
  insertOrFind,
  lockSubject,
  markGivenUp,
  markStored,
} from './attachment-repo.ts'
import { attachmentLimits } from './domain/attachment.ts'
import { inspectFile } from './inspect-file.ts'
import type { ReceivedFile } from './received-file.ts'

export type StoreAttachment = {
  subject: string
  tier: Attachment['tier']
  fileName: string
  file: ReceivedFile
  /** Refuses, in the transaction that adds the row, whoever may not add to the subject. */
  authorise(tx: Tx): Promise<void>
}

export type StoredAttachment = { attachment: Attachment; isNew: boolean }
type Deps = { db: Db; clock: Clock; vault: Vault; files: FileStore }

/**
 * Keeps a file. Row, bytes, mark: a crash between leaves a row without its mark, which nobody sees and the sweep removes,
 * and sending the file again goes on where it stopped. A store that refuses the bytes, as on a full disk, leaves none that counts.
 * @throws UNSUPPORTED_MEDIA_TYPE, LIMIT_EXCEEDED, UNAVAILABLE, and what `authorise` throws.
 */
export async function storeAttachment(
  deps: Deps,
  actor: Principal,
  { subject, tier, fileName, file, authorise }: StoreAttachment,
): Promise<StoredAttachment> {
  const { db, clock } = deps
  // Before the file is looked at, and once more below: it takes a while.
  await withTx(db, authorise)
  const mediaType = await inspectFile({ path: file.path, fileName })
  const now = clock.now()
  const { sizeBytes, sha256 } = file
  const wanted = {
    ...{
      id: newId('attachment'),
      subject,
      cameFrom: null,
      orgId: actor.orgId,
      userId: actor.userId,
      tier,
      fileName,
      mediaType,
    },
    ...{ sizeBytes, sha256, createdAt: now, storedAt: null, removedAt: null },
  }
  const attachment = await withTx(db, async (tx) => {
    await authorise(tx)
    await lockSubject(tx, subject)
    const found = await insertOrFind(tx, wanted)
    if (found.id === wanted.id) await assertRoom(tx, subject)
    return found
  })
  if (attachment.storedAt !== null) return { attachment, isNew: false }
  try {
    await keepBytes(deps, attachment, file)
  } catch (error) {
    // If the database has no room either, the row counts until the sweep finds it.
    await markGivenUp(db, attachment.id, now).catch(() => undefined)
    throw error
  }
  if (!(await markStored(db, attachment.id, now))) {
    throw new AppError('UNAVAILABLE', 'The file could not be stored; send it again.')
  }
  return { attachment: { ...attachment, storedAt: now }, isNew: true }
}

async function assertRoom(tx: Tx, subject: string): Promise<void> {
  const { perSubject } = attachmentLimits
  if ((await countAttachmentsOf(tx, subject)) <= perSubject) return
  throw new AppError('LIMIT_EXCEEDED', `There are ${perSubject} files already; remove one first.`)
}
