import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Vault } from '../../ports/vault.ts'
import { assertOwnListing, type ListingId } from '../listings/index.ts'
import type { AttachmentTier } from './domain/attachment.ts'
import type { ReceivedFile } from './received-file.ts'
import { type StoredAttachment, storeAttachment } from './store-attachment.ts'

type Input = { id: ListingId; tier: AttachmentTier; fileName: string; file: ReceivedFile }

/** The owner adds a file to a listing. @throws NOT_FOUND for everybody else, and what storing refuses. */
export function addAttachment(
  deps: { db: Db; clock: Clock; vault: Vault; files: FileStore },
  actor: Principal,
  { id, ...given }: Input,
): Promise<StoredAttachment> {
  return storeAttachment(deps, actor, {
    ...given,
    subject: id,
    authorise: (tx) => assertOwnListing(tx, actor, id),
  })
}
