import type { Db } from '../../db/client.ts'
import type { Vault } from '../../ports/vault.ts'
import { readConfidential } from './confidential.ts'
import type { Contact, ListingId } from './domain/listing.ts'

/** Whom the other side of an accepted introduction may call. Whether it was accepted, the caller has made sure. */
export async function readContact(deps: { db: Db; vault: Vault }, id: ListingId): Promise<Contact | undefined> {
  return (await readConfidential(deps, id)).contact
}
