import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileStore } from '../../src/ports/file-store.ts'

export type FileStoreSubject = {
  store: FileStore
  /** Makes every key that the store holds known. */
  listKeys(): Promise<string[]>
  close?(): Promise<void>
}

/** What attachments may rely on, wherever their bytes are. */
export function fileStoreContract(name: string, open: () => Promise<FileStoreSubject>): void {
  describe(`file store: ${name}`, () => {
    let subject: FileStoreSubject
    let directory: string
    beforeAll(async () => {
      subject = await open()
      directory = await mkdtemp(join(tmpdir(), 'queqiao-store-'))
    })
    afterAll(async () => {
      await subject.close?.()
      await rm(directory, { recursive: true })
    })
    const keyOf = (end: string) => `att_01k9w3ynwzf5yr8t6x2m4q7c${end}`
    const fileOf = async (bytes: Buffer) => {
      const path = join(directory, crypto.randomUUID())
      await writeFile(path, bytes)
      return { path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    }
    const read = async (key: string) => {
      const content = await subject.store.open(key)
      return content && (await buffer(content))
    }

    it('gives back what was put, byte for byte, also 3 MB', async () => {
      const bytes = Buffer.from(Uint32Array.from({ length: 800_000 }, (_, index) => index * 2_654_435_761).buffer)
      await subject.store.put(keyOf('4a'), await fileOf(bytes))
      expect((await read(keyOf('4a')))?.equals(bytes)).toBe(true)
    })

    it('knows nothing of a key that was never put or was removed', async () => {
      expect(await read(keyOf('4b'))).toBeUndefined()
      await subject.store.put(keyOf('4c'), await fileOf(Buffer.from('压铸')))
      await subject.store.remove(keyOf('4c'))
      expect(await read(keyOf('4c'))).toBeUndefined()
      await subject.store.remove(keyOf('4c'))
    })

    it('takes the same file twice, also at once', async () => {
      const file = await fileOf(Buffer.from('同一份'))
      await Promise.all([subject.store.put(keyOf('4d'), file), subject.store.put(keyOf('4d'), file)])
      await subject.store.put(keyOf('4d'), file)
      expect((await read(keyOf('4d')))?.toString()).toBe('同一份')
    })

    it('keeps nothing of a file that could not be put', async () => {
      const missing = { path: join(directory, 'no-such-file'), sizeBytes: 1, sha256: '0'.repeat(64) }
      await expect(subject.store.put(keyOf('4e'), missing)).rejects.toThrow()
      expect((await subject.listKeys()).filter((key) => key.includes(keyOf('4e')))).toEqual([])
    })
  })
}
