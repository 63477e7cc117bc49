import type { Db } from '../../src/db/client.ts'
import { insertMany } from '../../src/db/write-many.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { type Id, newId } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { completeOrganisationCode, completeUscc } from '../../src/kernel/uscc.ts'
import { auctionRegistrations } from '../../src/modules/auctions/bidder-table.ts'
import { newSession } from '../../src/modules/identity/new-session.ts'
import { organisations, sessions, users } from '../../src/modules/identity/table.ts'

/** The owner of an enterprise, signed in. */
export type Bidder = Principal & { token: string }

/** Verified enterprises of Ningbo: rows only, because registering two hundred would hash two hundred passwords. */
export async function insertBidders(db: Db, count: number): Promise<Bidder[]> {
  const now = systemClock.now()
  const times = { createdAt: now, updatedAt: now }
  const made = Array.from({ length: count }, (_, i) => {
    const [orgId, userId] = [newId('organisation'), newId('user')]
    const uscc = completeUscc(`91330206${completeOrganisationCode(String(60_000_000 + i))}`)
    const organisation = {
      id: orgId,
      kind: 'enterprise',
      name: `竞买企业${i}`,
      uscc,
      market: 'ningbo',
      ...times,
    } as const
    const email = `bidder${i}@example.com`
    const user = {
      id: userId,
      orgId,
      email,
      displayName: '示范',
      passwordHash: 'none',
      role: 'owner',
      ...times,
    } as const
    const { session, issued } = newSession({ userId, deviceHash: null }, now)
    const standing = { orgKind: 'enterprise', market: 'ningbo', isOrgVerified: true, role: 'owner' } as const
    const bidder: Bidder = { userId, orgId, ...standing, token: issued.tokens.accessToken }
    return { organisation: { ...organisation, verification: 'verified' as const }, user, session, bidder }
  })
  await insertMany(
    db,
    organisations,
    made.map(({ organisation }) => organisation),
  )
  await insertMany(
    db,
    users,
    made.map(({ user }) => user),
  )
  await insertMany(
    db,
    sessions,
    made.map(({ session }) => session),
  )
  return made.map(({ bidder }) => bidder)
}

/** Registers and admits them to each of the lots without a deposit, with numbers from 101 in their order. */
export async function admitBidders(
  db: Db,
  lotIds: readonly Id<'auction'>[],
  bidders: readonly Bidder[],
): Promise<void> {
  const rows = lotIds.flatMap((lotId) =>
    bidders.map(({ orgId, userId }, i) => ({
      ...{ id: newId('auctionRegistration'), lotId, orgId, userId, number: 101 + i, state: 'admitted' as const },
      ...{ depositFen: 0, claimsPriority: false, relatedOrgIds: [], createdAt: systemClock.now() },
    })),
  )
  await insertMany(db, auctionRegistrations, rows)
}
