import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addAttachment } from '../../../src/modules/attachments/add-attachment.ts'
import { listAttachmentsOf } from '../../../src/modules/attachments/attachment-repo.ts'
import { attachmentLimits } from '../../../src/modules/attachments/domain/attachment.ts'
import type { FileStore } from '../../../src/ports/file-store.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'queqiao-received-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

it('counts no file whose bytes the store refused, and takes it when it is sent again', async () => {
  const { owner, listing } = await harness.given.publishedSupply()
  const full: FileStore = { ...harness.deps.files, put: () => Promise.reject(new Error('ENOSPC')) }
  const send = async (text: string, files: FileStore) => {
    const path = join(directory, 'file')
    await writeFile(path, text)
    const sha256 = createHash('sha256').update(text).digest('hex')
    const file = { path, sizeBytes: Buffer.byteLength(text), sha256, mediaType: 'text/plain' }
    const input = { id: listing.id, tier: 'member', fileName: '说明.txt', file } as const
    return addAttachment({ ...harness.deps, files }, owner, input)
  }
  for (let n = 0; n <= attachmentLimits.perSubject; n += 1) await expect(send(`${n}`, full)).rejects.toThrow('ENOSPC')
  expect(await listAttachmentsOf(harness.database.db, listing.id)).toEqual([])
  const { isNew, attachment } = await send('0', harness.deps.files)
  expect(isNew).toBe(true)
  expect((await listAttachmentsOf(harness.database.db, listing.id)).map(({ id }) => id)).toEqual([attachment.id])
})
