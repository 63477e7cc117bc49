import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/audit/canonical-json.ts'
import { type AuditRecord, emptyHead, linkAfter, type SealedRecord } from '../../src/audit/chain.ts'
import { readExport } from '../../src/audit/sealed-record.ts'
import { verifyRecords } from '../../src/audit/verify-records.ts'

const chain = '01938f5c-0000-7000-8000-000000000001'
const record = (seq: number): AuditRecord => ({
  ...{ id: `aud_${seq}`, seq, orgId: 'org_1', userId: null, action: 'thing.done', objectId: null },
  facts: { score: seq / 7, nested: { b: [1, 'two'], a: null } },
  at: '2026-11-20T02:00:00.000Z',
})

function sealed(count: number): SealedRecord[] {
  let head = emptyHead(chain)
  return Array.from({ length: count }, (_, index) => {
    const link = linkAfter(head, record(index + 1))
    head = link
    return { ...record(index + 1), ...link }
  })
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}
const verify = (records: readonly SealedRecord[], isWhole = true) => verifyRecords(each(records), { isWhole })

describe('a chain of audit records', () => {
  it('is whole as it was sealed, also after a way through an export', async () => {
    const lines = sealed(5).map((one) => JSON.stringify(one))
    const report = await verifyRecords(readExport(each([...lines, ''])), { isWhole: true })
    expect(report).toMatchObject({ entries: 5, broken: [] })
    expect(report.heads.get(chain)?.position).toBe(5)
  })

  it('names the first record of which anything was changed', async () => {
    const changes = fc.constantFrom<Partial<SealedRecord>>(
      { userId: 'usr_2' },
      { action: 'thing.undone' },
      { objectId: 'x' },
      { facts: {} },
      { at: '2026-11-20T02:00:00.001Z' },
      { orgId: null },
      { id: 'aud_0' },
      { hash: 'f'.repeat(64) },
      { prevHash: 'f'.repeat(64) },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 7 }), changes, async (index, change) => {
        const records = sealed(8).map((one, place) => (place === index ? { ...one, ...change } : one))
        const { broken, entries } = await verify(records)
        expect(broken).toMatchObject([{ chain, position: index + 1 }])
        expect(entries).toBe(index)
      }),
    )
  })

  it('misses a record that was taken out, and one that was put in', async () => {
    const records = sealed(5)
    expect((await verify(records.toSpliced(2, 1))).broken).toMatchObject([
      { position: 4, reason: 'position 3 is missing' },
    ])
    const forged = { ...record(99), chain, position: 4, prevHash: records[2]?.hash ?? '', hash: 'a'.repeat(64) }
    expect((await verify(records.toSpliced(3, 0, forged))).broken).toMatchObject([{ position: 4, id: 'aud_99' }])
  })

  it('may begin in the middle only where that was said', async () => {
    expect((await verify(sealed(5).slice(2), false)).broken).toEqual([])
    expect((await verify(sealed(5).slice(2))).broken).toMatchObject([{ reason: 'position 1 is missing' }])
  })

  it('tells the line that is no record', async () => {
    const read = verifyRecords(readExport(each(['{"id":1}'])), { isWhole: true })
    await expect(read).rejects.toThrow('line 1')
  })
})

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
