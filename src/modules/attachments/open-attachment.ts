import { Readable } from 'node:stream'
import type { Db } from '../../db/client.ts'
import type { FileAnswer } from '../../http/files.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Vault } from '../../ports/vault.ts'
import { openBytes } from './attachment-bytes.ts'
import type { AttachmentLinks, Signed } from './attachment-links.ts'
import { getAttachment } from './attachment-repo.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; files: FileStore; attachmentLinks: AttachmentLinks }

/** The file behind a link, for whoever has it. @throws NOT_FOUND for a link that is wrong or old, or when the file was removed. */
export async function openAttachment(deps: Deps, signed: Signed): Promise<FileAnswer> {
  const { db, clock, attachmentLinks } = deps
  if (!attachmentLinks.isValid(signed, clock.now())) throw notFound('file, or the link has expired')
  const attachment = await getAttachment(db, signed.id)
  const content = Readable.from(await openBytes(deps, attachment), { objectMode: false })
  return { fileName: attachment.fileName, mediaType: attachment.mediaType, content }
}
