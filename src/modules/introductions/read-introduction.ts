import type { Db } from '../../db/client.ts'
import { impossible } from '../../kernel/assert.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { findOrganisations, type OrganisationSummary } from '../identity/index.ts'
import { type Contact, findListings, type Listing } from '../listings/index.ts'
import { contactsOf } from './contacts-of.ts'
import type { Side } from './domain/introduction.ts'
import { relationOf } from './hold-introduction.ts'
import { getIntroduction, type Introduction } from './introduction-repo.ts'
import { listNdasOf, type NdaSignature } from './nda-repo.ts'
import { openNote } from './notes.ts'
import { findPeople } from './people-view.ts'
import type { Relation } from './policy.ts'

export type SideView = { listing: Listing; owner: OrganisationSummary }

/** An introduction as far as the actor may see it. */
export type IntroductionView = {
  introduction: Introduction
  relation: Relation
  demand: SideView
  supply: SideView
  broker: { displayName: string; organisation: OrganisationSummary }
  /** Signatures under the non-disclosure text; of a single introduction. */
  ndas: readonly NdaSignature[]
  /** For the sides and their broker, once both sides have accepted, while nobody has ended it. */
  contacts?: Record<Side, Contact> | undefined
  /** For whoever ended it and for the broker. */
  note?: string | undefined
}

/** @throws NOT_FOUND for outsiders. */
export async function readIntroduction(
  deps: { db: Db; vault: Vault },
  actor: Principal,
  id: Id<'introduction'>,
): Promise<IntroductionView> {
  const introduction = await getIntroduction(deps.db, id)
  const relation = await relationOf(deps.db, actor, introduction)
  const [view] = await viewsOf(deps.db, [{ introduction, relation }])
  if (view === undefined) return impossible(`introduction ${id} has no listing, owner or broker`)
  const isNoteFor = relation === 'broker' || relation === introduction.endedBy
  return {
    ...view,
    ndas: await listNdasOf(deps.db, [id]),
    contacts: await contactsOf(deps, view),
    note: isNoteFor ? openNote(deps.vault, id, introduction.note) : undefined,
  }
}

/** Introductions with their teasers, in three statements however many they are; without contacts and notes. */
export async function viewsOf(
  db: Db,
  related: readonly Pick<IntroductionView, 'introduction' | 'relation'>[],
): Promise<IntroductionView[]> {
  const all = related.map(({ introduction }) => introduction)
  const listings = await findListings(db, [...new Set(all.flatMap(({ demandId, supplyId }) => [demandId, supplyId]))])
  const orgIds = all.flatMap(({ demandOrgId, supplyOrgId, brokerOrgId }) => [demandOrgId, supplyOrgId, brokerOrgId])
  const owners = await findOrganisations(db, [...new Set(orgIds)])
  const people = await findPeople(
    db,
    all.map(({ brokerId }) => brokerId),
  )
  const byId = new Map<string, Listing>(listings.map((listing) => [listing.id, listing]))
  const sideOf = (listingId: string, orgId: Id<'organisation'>): SideView | undefined => {
    const [listing, owner] = [byId.get(listingId), owners.get(orgId)]
    return listing && owner && { listing, owner }
  }
  return related.flatMap(({ introduction, relation }) => {
    const demand = sideOf(introduction.demandId, introduction.demandOrgId)
    const supply = sideOf(introduction.supplyId, introduction.supplyOrgId)
    const [person, firm] = [people.get(introduction.brokerId), owners.get(introduction.brokerOrgId)]
    if (!demand || !supply || !person || !firm) return []
    const broker = { displayName: person.displayName, organisation: firm }
    return [{ introduction, relation, demand, supply, broker, ndas: [] }]
  })
}
