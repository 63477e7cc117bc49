import { createReadStream } from 'node:fs'
import { access, copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from '../../ports/file-store.ts'

/**
 * Files below a directory of this machine, two levels deep by the end of the key, which is random. A file gets its name
 * only when its bytes are on the disk, so a crash leaves a nameless rest and never half a file.
 */
export function diskFileStore(directory: string): FileStore {
  const pathOf = (key: string) => join(directory, key.slice(-2), key)
  return {
    async put(key, { path }) {
      const target = pathOf(key)
      const rest = `${target}.${crypto.randomUUID()}`
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      try {
        await copyFile(path, rest)
        const file = await open(rest, 'r+')
        await file.chmod(0o600)
        await file.sync().finally(() => file.close())
        await rename(rest, target)
      } finally {
        await rm(rest, { force: true })
      }
    },
    async open(key) {
      const path = pathOf(key)
      try {
        await access(path)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
      return piecesOf(path)
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}

/** Opens the file with the first piece that somebody wants: an answer that is never sent leaves nothing open. */
async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path)
}
