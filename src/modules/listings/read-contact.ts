import type { Db } from '../../db/client.ts'
import { findConfidential } from './confidential-repo.ts'
import type { Contact, ListingId } from './domain/listing.ts'

/** Whom the other side of an accepted introduction may call. Whether it was accepted, the caller has made sure. */
export async function readContact({ db }: { db: Db }, id: ListingId): Promise<Contact | undefined> {
  return (await findConfidential(db, id)).contact
}
