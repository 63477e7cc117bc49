import { Readable } from 'node:stream'
import type { Db } from '../../db/client.ts'
import type { FileAnswer } from '../../http/files.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { AttachmentLinks, Signed } from './attachment-links.ts'
import { getAttachment } from './attachment-repo.ts'

type Deps = { db: Db; clock: Clock; files: FileStore; attachmentLinks: AttachmentLinks }

/** The file behind a link, for whoever has it. @throws NOT_FOUND for a link that is wrong or old, or when the file was removed. */
export async function openAttachment({ db, clock, files, attachmentLinks }: Deps, signed: Signed): Promise<FileAnswer> {
  if (!attachmentLinks.isValid(signed, clock.now())) throw notFound('file, or the link has expired')
  const { id, fileName, mediaType } = await getAttachment(db, signed.id)
  const content = await files.open(id)
  if (content === undefined) throw new Error(`the file store has lost ${id}`)
  return { fileName, mediaType, content: Readable.from(content, { objectMode: false }) }
}
