import { and, arrayContains, eq, inArray, ne, notInArray } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { organisations, users } from '../identity/table.ts'
import type { PublicEventType } from './domain/event-types.ts'
import { webhookEndpoints } from './table.ts'

type Subscriber = Id<'webhookEndpoint'>

/** Enabled endpoints of these organisations that ask for the type; a suspended organisation hears nothing. */
export async function listSubscribersOf(
  db: Db,
  type: PublicEventType,
  orgIds: readonly Id<'organisation'>[],
): Promise<Subscriber[]> {
  if (orgIds.length === 0) return []
  const isWanted = inArray(webhookEndpoints.orgId, [...new Set(orgIds)])
  return (await asking(db).where(and(isAsking(type), isWanted))).map(({ id }) => id)
}

/** Those of the types that any enabled endpoint asks for. */
export async function listAskedTypes(db: Db, types: readonly PublicEventType[]): Promise<Set<PublicEventType>> {
  const asked = await Promise.all(
    types.map((type) => db.select({ id: webhookEndpoints.id }).from(webhookEndpoints).where(isAsked(type)).limit(1)),
  )
  return new Set(types.filter((_, place) => (asked[place] ?? []).length > 0))
}

/** Those of the organisation that the user belongs to. */
export async function listSubscribersOfUser(db: Db, type: PublicEventType, userId: Id<'user'>): Promise<Subscriber[]> {
  const ofUser = db.select({ orgId: users.orgId }).from(users).where(eq(users.id, userId))
  const rows = await asking(db).where(and(isAsking(type), inArray(webhookEndpoints.orgId, ofUser)))
  return rows.map(({ id }) => id)
}

export type Reviewers = { markets: readonly string[]; except: readonly Id<'organisation'>[] }

/** Those of the broker firms and operators at home in these markets, except the organisations that are a side themselves. */
export async function listReviewingSubscribers(
  db: Db,
  type: PublicEventType,
  { markets, except }: Reviewers,
): Promise<Subscriber[]> {
  if (markets.length === 0) return []
  const isReviewing = and(
    inArray(organisations.kind, ['broker_firm', 'market_operator']),
    inArray(organisations.market, [...markets]),
    except.length === 0 ? undefined : notInArray(organisations.id, [...except]),
  )
  return (await asking(db).where(and(isAsking(type), isReviewing))).map(({ id }) => id)
}

function asking(db: Db) {
  return db
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .innerJoin(organisations, eq(organisations.id, webhookEndpoints.orgId))
    .orderBy(webhookEndpoints.id)
}

function isAsking(type: PublicEventType) {
  return and(isAsked(type), ne(organisations.verification, 'suspended'))
}

function isAsked(type: PublicEventType) {
  return and(eq(webhookEndpoints.isEnabled, true), arrayContains(webhookEndpoints.eventTypes, [type]))
}
