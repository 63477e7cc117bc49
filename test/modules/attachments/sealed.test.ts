import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { idToUuid } from '../../../src/kernel/ids.ts'
import { sweepAttachments } from '../../../src/modules/attachments/sweep-attachments.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()

describe('a file of a listing', () => {
  it('lies sealed in the store when it is confidential, opens as it was, and not at all once it was changed there', async () => {
    const { listing, owner } = await harness.given.publishedSupply()
    const user = await harness.as(owner)
    const text = Buffer.from('配方：石墨烯 3.5%，其余见附表。'.repeat(6_000))
    const sent = await user.post(`/v1/supplies/${listing.id}/attachments`, text, {
      query: { fileName: '配方.txt', tier: 'confidential' },
      headers: { 'content-type': 'application/octet-stream' },
    })
    const { id } = sent.json()
    const lying = () => harness.deps.files.open(id).then((pieces) => buffer(Readable.from(pieces ?? [])))
    const sealed = await lying()
    expect(sealed.includes(text.subarray(0, 12))).toBe(false)
    expect(sealed.length).toBeGreaterThan(text.length)
    const { url } = (await user.post(`/v1/attachments/${id}/links`, { purpose: 'evaluation' })).json()
    const fetched = () => harness.client.get(url.replace('https://api.example.cn', ''))
    expect((await fetched()).rawPayload.equals(text)).toBe(true)

    const folder = await mkdtemp(join(tmpdir(), 'changed-'))
    const path = join(folder, 'file')
    sealed.writeUInt8(sealed.readUInt8(40) ^ 1, 40)
    await writeFile(path, sealed)
    const sha256 = createHash('sha256').update(sealed).digest('hex')
    await harness.deps.files.put(id, { path, sizeBytes: sealed.length, sha256 })
    const changed = await fetched().then(
      ({ statusCode, rawPayload }) => ({ statusCode, hasText: rawPayload.length > 0 && statusCode === 200 }),
      () => ({ statusCode: 0, hasText: false }),
    )
    expect(changed.hasText).toBe(false)
    await rm(folder, { recursive: true })

    expect((await user.delete(`/v1/attachments/${id}`)).statusCode).toBe(204)
    await sweepAttachments(harness.deps)
    const keys = await harness.database.pool.query('select from data_keys where subject = $1', [idToUuid(id)])
    expect(keys.rowCount).toBe(0)
  })
})
