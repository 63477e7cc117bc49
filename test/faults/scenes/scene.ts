import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { idToUuid } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import type { TestDatabase } from '../../support/db.ts'
import type { Given } from '../../support/given.ts'

/** Where scenes play: a database, and an API and a worker on it that may die at any moment. */
export type Stage = {
  database: TestDatabase
  made: Given
  hooksUrl: string
  /** A title that no listing of another scene has, so that only the pair of this scene match. */
  newTitle(): string
  /** Sends until an answer comes: after a death to the next API, with the same key. @throws for an answer that refuses. */
  send(request: Request): Promise<Answer>
  /** Until every event and job is done. */
  quiet(): Promise<void>
}

export type Request = { by: Principal; path: string; body: unknown; key: string }
export type Answer = { id: string; data: { id: string; leaseToken: string }[] }

/** A flow of several steps that belong together. */
export type Scene = {
  name: string
  /** What has to be there before; nobody dies meanwhile. */
  prepare(stage: Stage): Promise<Act>
}
export type Act = {
  run(): Promise<unknown>
  /** Everything that followed from it, counted: two acts that ended well have the same. */
  effects(): Promise<Effects>
}
export type Effects = Record<string, number>

/** The rows of a statement that says names and counts. */
export async function counted(pool: pg.Pool, statement: string, values: unknown[]): Promise<Effects> {
  const { rows } = await pool.query<{ name: string; count: number }>(statement, values)
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

/** What the people of these organisations were told, by which way. */
export function heardBy(pool: pg.Pool, owners: readonly Principal[]): Promise<Effects> {
  return counted(pool, heard, [owners.map(({ orgId }) => idToUuid(orgId))])
}

const heard = `
  with users_of as (select id, org_id, email from users where org_id = any($1::uuid[]))
  select 'notification ' || kind as name, count(*)::int as count from notifications
    where user_id in (select id from users_of) group by kind
  union all select 'numbered notifications', count(distinct seq)::int from notifications
    where user_id in (select id from users_of)
  union all select 'mail to ' || array_position($1::uuid[], org_id), count(*)::int
    from stored_mails join users_of on email = to_address group by org_id
  union all select 'pending mail', count(*)::int from mail_deliveries
    where user_id in (select id from users_of) and state = 'pending' having count(*) > 0
  union all select 'webhook ' || type || ' ' || state, count(*)::int from webhook_deliveries
    where endpoint_id in (select id from webhook_endpoints where org_id = any($1)) group by type, state`

/** Asks until the answer is yes. */
export async function until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const giveUpAt = performance.now() + 60_000
  while (!(await isTrue())) {
    if (performance.now() > giveUpAt) throw new Error(`in vain: ${what}`)
    await sleep(50)
  }
}
