import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { type Id, idToUuid, uuidToId } from '../kernel/ids.ts'

export type StoredEvent = {
  id: Id<'event'>
  seq: number
  type: string
  version: number
  data: unknown
  occurredAt: Date
  attempts: number
}

/** A claim on events. Whoever claims them after the lease has ended gets another token, and ours is worth nothing. */
export type Lease = { token: string; events: StoredEvent[] }

export type Failure = { id: Id<'event'>; reason: string }

const maxAttempts = 10
const maxBackoffSeconds = 300

/** Takes open events in the order of `seq`, past those that another relay has: one statement, committed at once. */
export async function leaseEvents(db: Db, options: { limit: number; leaseMs: number }): Promise<Lease> {
  const token = randomUUID()
  const { rows } = await db.execute<Omit<StoredEvent, 'id' | 'occurredAt'> & { id: string; occurredAt: string }>(sql`
    with claimed as materialized (
      select id from outbox_events
      where done_at is null and dead_at is null and available_at <= clock_timestamp()
        and (lease_until is null or lease_until < clock_timestamp())
      order by seq limit ${options.limit}
      for update skip locked
    )
    update outbox_events event
    set lease_token = ${token}, lease_until = clock_timestamp() + ${options.leaseMs} * interval '1 ms'
    from claimed where event.id = claimed.id
    returning event.id, event.seq, event.type, event.version, event.data,
      event.occurred_at as "occurredAt", event.attempts`)
  const events = rows.map((row) => ({
    ...row,
    id: uuidToId('event', row.id),
    // Raw statements give a timestamptz as text.
    occurredAt: new Date(row.occurredAt),
  }))
  return { token, events: events.sort((a, b) => a.seq - b.seq) }
}

/** Returns how many were marked: fewer than asked when the lease had ended and another relay took them. */
export async function markDone(db: Db, token: string, ids: readonly Id<'event'>[]): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update outbox_events
    set done_at = clock_timestamp(), lease_token = null, lease_until = null, last_error = null
    where lease_token = ${token} and id = any(${uuids(ids)})`)
  return rowCount ?? 0
}

/** Counts a failed attempt of each and lets it rest: 1 s, 2 s, 4 s … 5 min; the tenth failure makes it dead. */
export async function recordFailures(db: Db, token: string, failures: readonly Failure[]): Promise<Id<'event'>[]> {
  const { rows } = await db.execute<{ id: string; is_dead: boolean }>(sql`
    update outbox_events event
    set attempts = event.attempts + 1, last_error = failure.reason, lease_token = null, lease_until = null,
      available_at = clock_timestamp()
        + least(${maxBackoffSeconds}, power(2, least(event.attempts, 16))) * interval '1 second',
      dead_at = case when event.attempts + 1 >= ${maxAttempts} then clock_timestamp() end
    from unnest(${uuids(failures.map(({ id }) => id))},
                ${sql.param(failures.map(({ reason }) => reason))}::text[]) as failure (id, reason)
    where event.id = failure.id and event.lease_token = ${token}
    returning event.id, event.dead_at is not null as is_dead`)
  return rows.filter(({ is_dead }) => is_dead).map(({ id }) => uuidToId('event', id))
}

/** Gives back what was not delivered through no fault of its own. */
export async function releaseLease(db: Db, token: string): Promise<void> {
  await db.execute(sql`update outbox_events set lease_token = null, lease_until = null where lease_token = ${token}`)
}

/** Opens what was handed over in the last `windowMs`, for the relay to hand over once more. Returns how many. */
export async function reopenDone(db: Db, windowMs: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update outbox_events set done_at = null, attempts = 0, available_at = clock_timestamp()
    where done_at > clock_timestamp() - ${windowMs} * interval '1 ms'`)
  return rowCount ?? 0
}

export type OutboxLag = { open: number; oldestAgeMs: number; dead: number }

/** Events on their way, the age of the oldest, and those that an operator has to look at. */
export async function outboxLag(db: Db): Promise<OutboxLag> {
  const { rows } = await db.execute<OutboxLag>(sql`
    select count(*)::int as open,
      coalesce(extract(epoch from clock_timestamp() - min(created_at)) * 1000, 0)::float8 as "oldestAgeMs",
      (select count(*)::int from outbox_events where dead_at is not null) as dead
    from outbox_events where done_at is null and dead_at is null`)
  return rows[0] ?? { open: 0, oldestAgeMs: 0, dead: 0 }
}

/** One array parameter; drizzle would spread the array into a list. */
function uuids(ids: readonly Id<'event'>[]) {
  return sql`${sql.param(ids.map(idToUuid))}::uuid[]`
}
