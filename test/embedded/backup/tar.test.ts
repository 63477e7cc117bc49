import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTar, type TarEntry, tarEnd, tarHeader, tarPadding } from '../../../src/embedded/backup/tar.ts'
import { emptyDir } from '../data-dir.ts'

type File = { path: string; bytes: Buffer }
const entryOf = ({ path, bytes }: File): TarEntry => ({
  ...{ path, kind: 'file', size: bytes.length, mode: 0o600, modifiedAt: new Date('2026-11-20T08:00:00Z') },
})
const archiveOf = (files: File[]) =>
  Buffer.concat([
    ...files.flatMap((file) => [tarHeader(entryOf(file)), file.bytes, tarPadding(file.bytes.length)]),
    tarEnd,
  ])

async function* inPieces(archive: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < archive.length; at += length) yield archive.subarray(at, at + length)
}

async function readAll(source: AsyncIterable<Buffer>): Promise<File[]> {
  const files: File[] = []
  for await (const { path, content } of readTar(source)) {
    const chunks: Buffer[] = []
    for await (const chunk of content) chunks.push(chunk)
    files.push({ path, bytes: Buffer.concat(chunks) })
  }
  return files
}

const step = fc.stringMatching(/^[a-z0-9_.-]{1,40}$/).filter((name) => !/^\.+$/.test(name))
const file = fc.record({
  path: fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join('/')),
  bytes: fc.uint8Array({ maxLength: 1_500 }).map((bytes) => Buffer.from(bytes)),
})

describe('the archive of a backup', () => {
  it('gives back every file, however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 6 }), fc.integer({ min: 1, max: 2_000 }), async (files, length) => {
        expect(await readAll(inPieces(archiveOf(files), length))).toEqual(files)
      }),
      { numRuns: 60 },
    )
  })

  it('is one that other programs read', async () => {
    const dir = await emptyDir()
    const long = `${'a'.repeat(90)}/${'b'.repeat(90)}.bin`
    await writeFile(join(dir, 'a.tar'), archiveOf([{ path: long, bytes: Buffer.from('远望') }]))
    const { stdout } = await promisify(execFile)('tar', ['-xOf', join(dir, 'a.tar'), long])
    expect(stdout).toBe('远望')
  })

  it('is refused when a header was changed or bytes are missing', async () => {
    const archive = archiveOf([{ path: 'a', bytes: Buffer.from('text') }])
    const changed = Buffer.from(archive)
    changed[0] = 0x62
    await expect(readAll(inPieces(changed, 512))).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    await expect(readAll(inPieces(archive.subarray(0, 600), 512))).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
  })
})
