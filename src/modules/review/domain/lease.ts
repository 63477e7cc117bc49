import type { Id } from '../../../kernel/ids.ts'

/** How long a claim or heartbeat keeps an item for its broker (DESIGN §8). */
export const leaseMinutes = 15

/** All three are set or none; the token is new with every claim, so that an earlier holder cannot pass for the present one. */
export type Lease = { leaseOwner: Id<'user'> | null; leaseUntil: Date | null; leaseToken: string | null }

export const noLease = { leaseOwner: null, leaseUntil: null, leaseToken: null } as const satisfies Lease

/** Whether somebody holds the item. The instant at which a lease ends belongs to the next claimer. */
export function isLeased({ leaseUntil }: Lease, now: Date): boolean {
  return leaseUntil !== null && leaseUntil > now
}

/** Whether this user holds the item by this token. */
export function holdsLease(lease: Lease, holder: { userId: Id<'user'>; leaseToken: string }, now: Date): boolean {
  return isLeased(lease, now) && lease.leaseOwner === holder.userId && lease.leaseToken === holder.leaseToken
}
