import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { TextSeal, Vault } from '../../ports/vault.ts'
import { ensureDataKey, findDataKey } from '../../vault/index.ts'
import { findConfidentialRow, upsertConfidentialRow } from './confidential-repo.ts'
import type { Confidential, Contact, ListingId } from './domain/listing.ts'

type Deps = { db: Db; vault: Vault }

/**
 * The confidential part of a listing, opened. The only way to it: read-listing, update-listing and own-confidentials call it for the owner,
 * read-contact and read-confidential-detail for those whom somebody let in.
 */
export async function readConfidential({ db, vault }: Deps, id: ListingId): Promise<Confidential> {
  const row = await findConfidentialRow(db, id)
  if (row === undefined) return {}
  const hasBox = row.detailBox !== null || row.contactBox !== null
  const key = hasBox ? await findDataKey({ db, vault }, id) : undefined
  const detail = row.detail ?? open(key, row.detailBox, contextOf(id, 'detail'))
  const contact = row.contact ?? parsed(open(key, row.contactBox, contextOf(id, 'contact')))
  return { detail, contact }
}

/** Seals it by the listing's own key; nothing is left in clear. */
export async function writeConfidential(
  { tx, vault }: { tx: Tx; vault: Vault },
  id: ListingId,
  { detail, contact }: Confidential,
): Promise<void> {
  const isEmpty = detail === undefined && contact === undefined
  const key = isEmpty ? undefined : await ensureDataKey({ tx, vault }, id)
  await upsertConfidentialRow(tx, id, {
    ...{ detail: null, contact: null },
    detailBox: seal(key, detail, contextOf(id, 'detail')),
    contactBox: seal(key, contact && JSON.stringify(contact), contextOf(id, 'contact')),
  })
}

function seal(key: TextSeal | undefined, plain: string | undefined, context: string): Buffer | null {
  return plain === undefined || key === undefined ? null : key.seal(plain, context)
}

/** A box whose key was destroyed stays shut: the text is gone, which is what whoever destroyed the key wanted. */
function open(key: TextSeal | undefined, box: Buffer | null, context: string): string | undefined {
  if (box === null || key === undefined) return undefined
  const plain = key.open(box, context)
  if (plain === undefined) throw new Error(`a box does not open as ${context}`)
  return plain
}

function parsed(json: string | undefined): Contact | undefined {
  return json === undefined ? undefined : (JSON.parse(json) as Contact)
}

/** Bound to listing and field: a box moved to another row or column does not open. */
function contextOf(id: ListingId, field: 'detail' | 'contact'): string {
  return `${field} of ${id}`
}
