import { and, arrayOverlaps, asc, eq, gt, inArray, ne, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { organisations, users } from '../identity/table.ts'
import { type BrokerProfile, blankProfile, juniorGrade } from './domain/profile.ts'
import { brokerProfiles } from './table.ts'

export type BrokerView = {
  profile: BrokerProfile
  displayName: string
  organisation: { id: Id<'organisation'>; name: string; market: string }
}

export type BrokerFilter = {
  markets?: readonly string[] | undefined
  field?: string | undefined
  grade?: string | undefined
}

const isBroker = and(eq(users.role, 'broker'), eq(users.isDisabled, false), ne(organisations.verification, 'suspended'))

/** @throws NOT_FOUND also for a user who is no broker. */
export async function getBrokerView(db: Db, userId: Id<'user'>): Promise<BrokerView> {
  const [row] = await select(db).where(and(isBroker, eq(users.id, userId)))
  if (row) return viewOf(row)
  throw notFound('broker')
}

/** Which of these users are brokers who can sign in. */
export async function findBrokerIds(db: Db, userIds: readonly Id<'user'>[]): Promise<Set<Id<'user'>>> {
  if (userIds.length === 0) return new Set()
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .where(and(isBroker, inArray(users.id, [...userIds])))
  return new Set(rows.map(({ id }) => id))
}

/** By user id. A broker who named no fields works on all of them. */
export async function listBrokerViews(db: Db, filter: BrokerFilter, page: PageRequest): Promise<PageOf<BrokerView>> {
  const { markets, field, grade } = filter
  const after = lastIdOf<'user'>(page.after)
  const rows = await select(db)
    .where(
      and(
        isBroker,
        markets && inArray(organisations.market, [...markets]),
        field === undefined
          ? undefined
          : or(
              sql`coalesce(cardinality(${brokerProfiles.fields}), 0) = 0`,
              arrayOverlaps(brokerProfiles.fields, [field]),
            ),
        grade === undefined ? undefined : sql`coalesce(${brokerProfiles.grade}, ${juniorGrade}) = ${grade}`,
        after && gt(users.id, after),
      ),
    )
    .orderBy(asc(users.id))
    .limit(page.limit + 1)
  return pageOf(rows.map(viewOf), page.limit, ({ profile }) => [profile.userId])
}

function select(db: Db) {
  const { id, name, market } = organisations
  return db
    .select({
      userId: users.id,
      displayName: users.displayName,
      organisation: { id, name, market },
      profile: brokerProfiles,
    })
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .leftJoin(brokerProfiles, eq(brokerProfiles.userId, users.id))
}

type Row = Omit<BrokerView, 'profile'> & { userId: Id<'user'>; profile: BrokerProfile | null }

function viewOf({ userId, profile, displayName, organisation }: Row): BrokerView {
  return { profile: profile ?? blankProfile(userId), displayName, organisation }
}
