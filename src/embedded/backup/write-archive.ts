import { createHash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { errorCode } from '../errors.ts'
import type { FileSum } from './manifest.ts'
import { tarHeader, tarPadding } from './tar.ts'

/** What goes into an archive under `path`: a file of the disk, a directory, or bytes. */
export type Source = { path: string } & ({ from: string; kind: 'file' | 'directory' } | { bytes: Buffer })

const chunkBytes = 1_048_576

/**
 * The bytes of an archive, and the sum of each file into `sums`. A file that has gone since it was listed is left out: the log
 * or a later release of its row explains it. One that grows or shrinks meanwhile keeps the size it had when it was opened; what
 * is missing then is zeros, and the log repairs it.
 */
export async function* archiveOf(source: Source, sums: FileSum[]): AsyncGenerator<Buffer> {
  if ('bytes' in source) {
    yield* fileEntry(source.path, { size: source.bytes.length, content: [source.bytes], sums })
    return
  }
  if (source.kind === 'directory') {
    const found = await stat(source.from).catch(unlessGone)
    if (found === undefined) return
    const { mode, mtime } = found
    yield tarHeader({ path: source.path, kind: 'directory', size: 0, mode, modifiedAt: mtime })
    return
  }
  const file = await open(source.from).catch(unlessGone)
  if (file === undefined) return
  try {
    const { size, mode, mtime } = await file.stat()
    yield* fileEntry(source.path, { size, mode, modifiedAt: mtime, content: contentOf(file, size), sums })
  } finally {
    await file.close()
  }
}

/** Of a failed look at a path: undefined when there is nothing any more. */
function unlessGone(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error
}

type FileEntry = {
  size: number
  mode?: number
  modifiedAt?: Date
  content: AsyncIterable<Buffer> | Iterable<Buffer>
  sums: FileSum[]
}

async function* fileEntry(path: string, entry: FileEntry): AsyncGenerator<Buffer> {
  const { size, mode = 0o600, modifiedAt = new Date(0), content, sums } = entry
  yield tarHeader({ path, kind: 'file', size, mode, modifiedAt })
  const hash = createHash('sha256')
  for await (const chunk of content) {
    hash.update(chunk)
    yield chunk
  }
  yield tarPadding(size)
  sums.push({ path, size, sha256: hash.digest('hex') })
}

async function* contentOf(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let left = size; left > 0; ) {
    const buffer = Buffer.alloc(Math.min(left, chunkBytes))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
    const chunk = bytesRead === 0 ? buffer : buffer.subarray(0, bytesRead)
    left -= chunk.length
    yield chunk
  }
}
