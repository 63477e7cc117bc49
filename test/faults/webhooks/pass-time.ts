import { vi } from 'vitest'
import { withTx } from '../../../src/db/tx.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { uuidToId } from '../../../src/kernel/ids.ts'
import { callLine } from '../../../src/modules/webhooks/call-line.ts'
import { sweepDeliveries } from '../../../src/modules/webhooks/sweep-deliveries.ts'
import type { TestDatabase } from '../../support/db.ts'

type Wait = Passing & { timeoutMs: number; missing(): Record<string, number> }
/** At which receivers, by the beginning of their URLs, rests are cut that are longer than so many ms. */
type Passing = { at: readonly string[]; restMs: number }

/**
 * Waits until nothing is missing, while long rests between attempts, and all pauses, end as if days passed at some receivers. One
 * that fails all the time would be switched off before long. @throws what is missing, and how the deliveries stand.
 */
export async function untilNoneIsMissing(
  database: TestDatabase,
  { timeoutMs, missing, ...passing }: Wait,
): Promise<void> {
  const isComplete = () => Object.values(missing()).every((count) => count === 0)
  try {
    await vi.waitUntil(() => passTime(database, passing).then(isComplete), { timeout: timeoutMs, interval: 1_000 })
  } catch {
    const { rows } = await database.pool.query(`
      select url, is_enabled, paused_until, parallel_limit, state, count(*)::int, max(attempts) as attempts
      from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
      where state <> 'delivered' group by e.id, state order by url`)
    const standing = rows.map((row) => JSON.stringify(row)).join('\n')
    throw new Error(`missing after ${timeoutMs} ms: ${JSON.stringify(missing())}\n${standing}`)
  }
}

async function passTime({ db, pool }: TestDatabase, { at, restMs }: Passing): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `update webhook_endpoints set paused_until = null
     where paused_until is not null and url like any(array(select u || '%' from unnest($1::text[]) as u)) returning id`,
    [at],
  )
  const ids = rows.map(({ id }) => uuidToId('webhookEndpoint', id))
  await withTx(db, (tx) => callLine(tx, ids, { now: systemClock.now() }))
  await pool.query(
    `update webhook_deliveries set next_attempt_at = now() - interval '1 hour',
       lease_until = case when lease_until < now() then now() - interval '1 hour' else lease_until end
     where state = 'pending' and attempts > 0
       and (lease_token is null and next_attempt_at > now() + $2 * interval '1 ms' or lease_until < now())
       and endpoint_id in (select id from webhook_endpoints
         where url like any(array(select u || '%' from unnest($1::text[]) as u)))`,
    [at, restMs],
  )
  await sweepDeliveries({ db, clock: systemClock })
}
