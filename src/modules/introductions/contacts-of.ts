import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import { type Contact, type ListingId, readContact } from '../listings/index.ts'
import { isMutual, type Side } from './domain/introduction.ts'
import type { Introduction } from './introduction-repo.ts'
import { findPeople } from './people-view.ts'
import type { Relation } from './policy.ts'

/** Whom each side may call; undefined for operators, and for everybody before both accepted or after somebody ended it. */
export async function contactsOf(
  deps: { db: Db; vault: Vault },
  { introduction, relation }: { introduction: Introduction; relation: Relation },
): Promise<Record<Side, Contact> | undefined> {
  if (relation === 'operator' || !isMutual(introduction)) return undefined
  const { demandId, demandAnsweredBy, supplyId, supplyAnsweredBy } = introduction
  return {
    demand: await contactOf(deps, demandId, demandAnsweredBy),
    supply: await contactOf(deps, supplyId, supplyAnsweredBy),
  }
}

/** The contact that the listing names; without one, whoever accepted for the organisation. */
async function contactOf(
  deps: { db: Db; vault: Vault },
  listingId: ListingId,
  answeredBy: Id<'user'> | null,
): Promise<Contact> {
  const named = await readContact(deps, listingId)
  if (named !== undefined) return named
  const userId = answeredBy ?? impossible(`${listingId} was introduced without an answer`)
  const person = (await findPeople(deps.db, [userId])).get(userId) ?? impossible(`${userId} does not exist`)
  return { name: person.displayName, email: person.email }
}
