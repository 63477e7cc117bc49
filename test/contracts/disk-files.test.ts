import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskFileStore } from '../../src/adapters/files/disk.ts'
import { fileStoreContract } from './file-store.ts'

fileStoreContract('disk', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'queqiao-disk-'))
  return {
    store: diskFileStore(directory),
    listKeys: () => readdir(directory, { recursive: true }),
    close: () => rm(directory, { recursive: true }),
  }
})
