import { EmbeddedPostgresError } from '../errors.ts'

/** A file or directory of an archive; `path` uses `/` and is relative. */
export type TarEntry = { path: string; kind: 'file' | 'directory'; size: number; mode: number; modifiedAt: Date }

const block = 512
const fileFlag = '0'
const directoryFlag = '5'

/** The header of an entry in the POSIX form (ustar), which every tar reads. @throws for a path of more than 255 bytes. */
export function tarHeader({ path, kind, size, mode, modifiedAt }: TarEntry): Buffer {
  const header = Buffer.alloc(block)
  const { name, prefix } = splitPath(kind === 'directory' ? `${path}/` : path)
  const octal = (value: number, at: number, length: number) =>
    header.write(value.toString(8).padStart(length - 1, '0'), at, 'ascii')
  header.write(name, 0, 'utf8')
  octal(mode & 0o7777, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(Math.floor(modifiedAt.getTime() / 1000), 136, 12)
  header.write(kind === 'file' ? fileFlag : directoryFlag, 156, 'ascii')
  header.write('ustar\u000000', 257, 'ascii')
  header.write(prefix, 345, 'utf8')
  octal(checksumOf(header), 148, 7)
  header.write(' ', 155, 'ascii')
  return header
}

/** The zeros that fill the last block of a file. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block)
}

/** Two empty blocks. */
export const tarEnd = Buffer.alloc(2 * block)

/** A name has 100 bytes, and 155 more for the directories before it. */
function splitPath(path: string): { name: string; prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: '' }
  for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
    const [prefix, name] = [path.slice(0, cut), path.slice(cut + 1)]
    if (name !== '' && Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix }
  }
  throw new EmbeddedPostgresError('BACKUP_FAILED', {
    message: `The path ${path} is too long for an archive.`,
    fix: 'shorten the name of that file, or move it out of DATA_DIR',
  })
}

/** The sum of all bytes, those of the checksum itself taken for spaces. */
function checksumOf(header: Buffer): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0)
}

export type ReadEntry = TarEntry & { content: AsyncIterable<Buffer> }

/**
 * The entries of an archive in their order. What a caller leaves of a content is skipped.
 * @throws EmbeddedPostgresError BACKUP_DAMAGED where the bytes are no archive or end too early.
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<ReadEntry> {
  const bytes = byteReader(source)
  for (;;) {
    const header = await bytes.take(block)
    if (header.every((byte) => byte === 0)) return
    const entry = parseHeader(header)
    let left = entry.size
    const content = async function* () {
      for await (const chunk of bytes.stream(left)) {
        left -= chunk.length
        yield chunk
      }
    }
    yield { ...entry, content: content() }
    for await (const rest of bytes.stream(left)) left -= rest.length
    await bytes.take(tarPadding(entry.size).length)
  }
}

function parseHeader(header: Buffer): TarEntry {
  const text = (at: number, length: number) => header.toString('utf8', at, at + length).replace(/\0.*$/s, '')
  const number = (at: number, length: number) => Number.parseInt(text(at, length), 8)
  if (number(148, 8) !== checksumOf(header)) throw damaged('a header in it does not match its checksum')
  const prefix = text(345, 155)
  const path = (prefix === '' ? '' : `${prefix}/`) + text(0, 100)
  const flag = text(156, 1)
  if (flag !== fileFlag && flag !== directoryFlag) throw damaged(`${path} is neither a file nor a directory`)
  return {
    path: path.replace(/\/$/, ''),
    kind: flag === fileFlag ? 'file' : 'directory',
    size: flag === fileFlag ? number(124, 12) : 0,
    mode: number(100, 8),
    modifiedAt: new Date(number(136, 12) * 1000),
  }
}

export function damaged(reason: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'BACKUP_DAMAGED',
    { message: `This is no usable backup: ${reason}.`, fix: 'use another backup; check new ones with --check FILE' },
    { cause },
  )
}

/** Cuts a stream of chunks where the reader wants it. */
function byteReader(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const next = async (most: number): Promise<Buffer> => {
    while (rest.length === 0) {
      const { done, value } = await chunks.next()
      if (done) throw damaged('it ends too early')
      rest = value
    }
    const taken = rest.subarray(0, most)
    rest = rest.subarray(taken.length)
    return taken
  }
  async function* stream(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      const chunk = await next(left)
      left -= chunk.length
      yield chunk
    }
  }
  const take = async (length: number): Promise<Buffer> => {
    const parts: Buffer[] = []
    for await (const chunk of stream(length)) parts.push(chunk)
    return Buffer.concat(parts)
  }
  return { stream, take }
}
