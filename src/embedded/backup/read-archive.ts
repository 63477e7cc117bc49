import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract, type Header } from 'tar-stream'
import { impossible } from '../../kernel/assert.ts'
import { errorCode, explainFileError } from '../errors.ts'
import { damaged } from './damaged.ts'

/** A file or directory of an archive; `path` uses `/` and is relative. */
export type ArchiveEntry = {
  path: string
  kind: 'file' | 'directory'
  mode: number
  content: AsyncIterable<Buffer>
}

/**
 * The entries of a `.tar.gz` in their order. A content that the caller does not read is skipped.
 * @throws EmbeddedPostgresError BACKUP_DAMAGED where the bytes are no archive, end too early, or hold a link or a path outside.
 */
export async function* readArchive(file: string): AsyncGenerator<ArchiveEntry> {
  const archive = extract()
  const unpacked = pipeline(createReadStream(file), createGunzip(), archive)
  // The loop below fails with the same error; an end that the caller chose is none.
  const ended = unpacked.catch(() => {})
  try {
    for await (const entry of archive) {
      yield { ...placeOf(entry.header), content: explained(entry, file) }
      entry.resume()
    }
  } catch (error) {
    throw explain(error, file)
  } finally {
    archive.destroy()
    await ended
  }
}

/** A path outside would let an archive that somebody made by hand write anywhere. */
function placeOf({ name, type, mode }: Header): Omit<ArchiveEntry, 'content'> {
  if (type !== 'file' && type !== 'directory') throw damaged(`${name} is neither a file nor a directory`)
  const path = type === 'directory' ? name.replace(/\/$/, '') : name
  const isInside = path.split('/').every((step) => !['', '.', '..'].includes(step)) && !path.includes('\\')
  if (!isInside) throw damaged(`it holds the path ${path}`)
  return { path, kind: type, mode }
}

async function* explained(content: AsyncIterable<unknown>, file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of content) yield Buffer.isBuffer(chunk) ? chunk : impossible('a chunk of a file is bytes')
  } catch (error) {
    throw explain(error, file)
  }
}

/** Of the system, zlib and tar-stream; the last has words and no codes. */
function explain(error: unknown, file: string): unknown {
  const code = errorCode(error)
  if (code === 'BACKUP_DAMAGED') return error
  if (code === 'ENOENT') return damaged(`${file} does not exist`, error)
  if (code?.startsWith('Z_')) return damaged('it is not compressed as backups are, or ends too early', error)
  return code === undefined ? damaged('it is no archive, or ends too early', error) : explainFileError(error, file)
}
