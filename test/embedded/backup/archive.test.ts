import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkBackup } from '../../../src/embedded/backup/check-backup.ts'
import { readArchive } from '../../../src/embedded/backup/read-archive.ts'
import { writeArchive } from '../../../src/embedded/backup/write-archive.ts'
import { projectRoot } from '../../../src/project-root.ts'
import { emptyDir } from '../data-dir.ts'

type File = { path: string; bytes: Buffer }

async function archived(files: readonly File[]): Promise<string> {
  const archive = join(await emptyDir(), 'a.tar.gz')
  await writeArchive(createWriteStream(archive), async (add) => {
    for (const file of files) await add(file)
  })
  return archive
}

async function readAll(archive: string): Promise<File[]> {
  const files: File[] = []
  for await (const { path, content } of readArchive(archive)) {
    const chunks: Buffer[] = []
    for await (const chunk of content) chunks.push(chunk)
    files.push({ path, bytes: Buffer.concat(chunks) })
  }
  return files
}

const step = fc.stringMatching(/^[a-z0-9_.检测-]{1,40}$/).filter((name) => !/^\.+$/.test(name))
const file = fc.record({
  path: fc.array(step, { minLength: 1, maxLength: 12 }).map((steps) => steps.join('/')),
  bytes: fc.uint8Array({ maxLength: 1_500 }).map((bytes) => Buffer.from(bytes)),
})

describe('the archive of a backup', () => {
  it('gives back every file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 6 }), async (files) => {
        expect(await readAll(await archived(files))).toEqual(files)
      }),
      { numRuns: 40 },
    )
  })

  it('is one that other programs read', async () => {
    const long = `${'a'.repeat(90)}/${'b'.repeat(200)}.bin`
    const archive = await archived([{ path: long, bytes: Buffer.from('远望') }])
    const { stdout } = await promisify(execFile)('tar', ['-xOzf', archive, long])
    expect(stdout).toBe('远望')
  })

  it('that was written before tar-stream is read', async () => {
    const kept = join(projectRoot(), 'test/embedded/backup/archive-of-0.1.tar.gz')
    expect(await checkBackup(kept)).toMatchObject({ files: 4, postgresVersion: '18' })
    const [first, , , , long, chinese] = await readAll(kept)
    expect(first?.path).toBe('postgres')
    expect(long?.path).toBe(`attachments/${'a'.repeat(90)}/${'b'.repeat(90)}.bin`)
    expect([chinese?.path, chinese?.bytes.toString()]).toEqual(['attachments/检测报告.pdf', '远望'])
  })

  it('ends with the error of what fills it, or of the disk', async () => {
    const archive = join(await emptyDir(), 'a.tar.gz')
    const failing = writeArchive(createWriteStream(archive), async (add) => {
      await add({ path: 'a', bytes: Buffer.from('text') })
      throw new Error('the server has gone')
    })
    await expect(failing).rejects.toThrow('the server has gone')
    const full = writeArchive(createWriteStream('/dev/full'), async (add) => {
      const bytes = Buffer.from(Array.from({ length: 1e6 }, (_, n) => (n * n) % 251))
      for (let n = 0; n < 20; n += 1) await add({ path: `${n}`, bytes })
    })
    await expect(full).rejects.toMatchObject({ code: 'ENOSPC' })
  })
})

describe('an archive is refused', () => {
  const refusal = { code: 'BACKUP_DAMAGED' }
  const changed = async (change: (archive: Buffer) => Buffer) => {
    const archive = await archived([{ path: 'a', bytes: Buffer.from('text') }])
    await writeFile(archive, gzipSync(change(gunzipSync(await readFile(archive)))))
    return archive
  }

  it('when a header was changed or bytes are missing', async () => {
    const other = await changed((bytes) => {
      bytes[0] = 0x62
      return bytes
    })
    await expect(readAll(other)).rejects.toMatchObject(refusal)
    await expect(readAll(await changed((bytes) => bytes.subarray(0, 514)))).rejects.toMatchObject(refusal)
    const short = await archived([{ path: 'a', bytes: Buffer.from('text') }])
    await writeFile(short, (await readFile(short)).subarray(0, -9))
    await expect(readAll(short)).rejects.toMatchObject(refusal)
  })

  it('when it is none, or does not exist', async () => {
    const dir = await emptyDir()
    await copyFile(join(projectRoot(), 'package.json'), join(dir, 'text'))
    await expect(readAll(join(dir, 'text'))).rejects.toMatchObject(refusal)
    await expect(readAll(join(dir, 'none'))).rejects.toMatchObject(refusal)
  })

  it.each(['../a', '/a', 'a//b', 'a/./b', 'a\\b'])('when it holds the path %s', async (path) => {
    const archive = await archived([{ path, bytes: Buffer.from('text') }])
    await expect(readAll(archive)).rejects.toMatchObject(refusal)
  })
})
