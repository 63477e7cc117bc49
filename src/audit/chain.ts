import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** What an entry says: exactly these members are hashed, as far as they are there. `at` in RFC 3339 UTC with milliseconds. */
export type AuditRecord = {
  id: string
  seq: number
  orgId: string | null
  userId: string | null
  action: string
  objectId: string | null
  facts: Record<string, unknown>
  at: string
  requestId?: string | undefined
  network?: string | undefined
}

/** Where the record stands: positions of a chain are 1, 2, 3 … */
export type Link = { chain: string; position: number; prevHash: string; hash: string }
export type SealedRecord = AuditRecord & Link

/** The end of a chain. */
export type Head = { chain: string; position: number; hash: string }

/** What the first link of a chain follows on. */
export const genesis = '0'.repeat(64)
/** The chain of entries without an organisation. */
export const nobody = '00000000-0000-0000-0000-000000000000'

export type Broken = { chain: string; position: number; id?: string; reason: string }

/** The link of a record after the head of its chain. */
export function linkAfter(head: Head, record: AuditRecord): Link {
  const { chain, position, hash } = head
  const place = { chain, position: position + 1, prevHash: hash }
  return { ...place, hash: hashOf(record, place) }
}

export function emptyHead(chain: string): Head {
  return { chain, position: 0, hash: genesis }
}

/** SHA-256 of the previous hash, the place and the record, in hexadecimal. */
export function hashOf(record: AuditRecord, { chain, position, prevHash }: Omit<Link, 'hash'>): string {
  const { id, seq, orgId, userId, action, objectId, facts, at, requestId, network } = record
  const content = { id, seq, orgId, userId, action, objectId, facts, at, requestId, network, chain, position }
  return createHash('sha256')
    .update(`${prevHash}\n${canonicalJson(content)}`)
    .digest('hex')
}

/**
 * What is wrong with a record, given the head that came before it in its chain; undefined when nothing is. Without a
 * head, which is how an export that begins in the middle starts, the record's own account of it is taken.
 */
export function flawOf(record: SealedRecord, head: Head | undefined): Broken | undefined {
  const { chain, position, id } = record
  const broken = (reason: string): Broken => ({ chain, position, id, reason })
  const expected = head ?? { chain, position: position - 1, hash: record.prevHash }
  if (position !== expected.position + 1) return broken(`position ${expected.position + 1} is missing`)
  if (record.prevHash !== expected.hash) return broken('does not follow on the entry before it')
  if (record.hash !== hashOf(record, record)) return broken('was changed after it was sealed')
  return undefined
}
