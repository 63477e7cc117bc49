import { createHash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Header, type Pack, pack } from 'tar-stream'
import { errorCode } from '../errors.ts'
import type { FileSum } from './manifest.ts'

/** What goes into an archive under `path`: a file of the disk, a directory, or bytes. */
export type Source = { path: string } & ({ from: string; kind: 'file' | 'directory' } | { bytes: Buffer })

/** Takes one source after the other. @returns the sum of a file; undefined for a directory and for what has gone. */
export type AddToArchive = (source: Source) => Promise<FileSum | undefined>

const chunkBytes = 1_048_576

/** Writes a `.tar.gz` of what `fill` adds; level 1 makes a cluster five times smaller at the least time. */
export async function writeArchive(
  output: NodeJS.WritableStream,
  fill: (add: AddToArchive) => Promise<void>,
): Promise<void> {
  const archive = pack()
  const written = pipeline(archive, createGzip({ level: 1 }), output)
  const filled = fill((source) => addTo(archive, source)).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  )
  // Whichever fails ends the other, and only then is the connection of `fill` free to go.
  const [end] = await Promise.allSettled([written, filled])
  if (end.status === 'rejected') throw end.reason
}

/**
 * A file that has gone since it was listed is left out: the log or a later release of its row explains it. One that grows or
 * shrinks meanwhile keeps the size it had when it was opened; what is missing then is zeros, and the log repairs it.
 */
async function addTo(archive: Pack, source: Source): Promise<FileSum | undefined> {
  const { path } = source
  if ('bytes' in source) {
    const { bytes } = source
    return addEntry(archive, { name: path, size: bytes.length, mode: 0o600, mtime: new Date(0) }, [bytes])
  }
  if (source.kind === 'directory') {
    const found = await stat(source.from).catch(unlessGone)
    if (found === undefined) return undefined
    const { mode, mtime } = found
    await addEntry(archive, { name: path, type: 'directory', size: 0, mode, mtime }, [])
    return undefined
  }
  const file = await open(source.from).catch(unlessGone)
  if (file === undefined) return undefined
  try {
    const { size, mode, mtime } = await file.stat()
    return await addEntry(archive, { name: path, size, mode, mtime }, contentOf(file, size))
  } finally {
    await file.close()
  }
}

/** Of a failed look at a path: undefined when there is nothing any more. */
function unlessGone(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error
}

type NewEntry = Pick<Header, 'name' | 'size' | 'mode' | 'mtime'> & { type?: 'file' | 'directory' }

async function addEntry(
  archive: Pack,
  entry: NewEntry,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<FileSum> {
  const { name, size, type = 'file' } = entry
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const chunk of content) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(hashed(), archive.entry({ ...entry, type }))
  return { path: name, size, sha256: hash.digest('hex') }
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
