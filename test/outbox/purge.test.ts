import { afterEach, describe, expect, it } from 'vitest'
import { purgeExpired } from '../../src/outbox/index.ts'
import { useTestDatabase } from '../support/db.ts'

describe('purgeExpired', () => {
  const database = useTestDatabase()
  afterEach(() => database.reset())

  const insertEvents = (count: number, columns: string) =>
    database.pool.query(
      `insert into outbox_events (id, type, version, data, occurred_at, done_at, dead_at)
       select gen_random_uuid(), 'probe.counted', 1, '{}', now(), ${columns} from generate_series(1, ${count})`,
    )
  const insertKeys = (count: number, expiresAt: string) =>
    database.pool.query(
      `insert into idempotency_keys (principal, route, key, request_hash, status, headers, expires_at)
       select 'p', 'r', gen_random_uuid()::text, '', 200, '{}', ${expiresAt} from generate_series(1, ${count})`,
    )

  it('deletes events that were done a week ago, in as many batches as it takes, and no others', async () => {
    await insertEvents(2_300, `now() - interval '8 days', null`)
    await insertEvents(3, `now() - interval '6 days', null`)
    await insertEvents(2, `null, now() - interval '30 days'`)
    await insertEvents(1, 'null, null')
    expect(await purgeExpired(database.db)).toEqual({ events: 2_300, idempotencyKeys: 0 })
    const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from outbox_events')
    expect(rows).toEqual([{ n: 6 }])
  })

  it('deletes idempotency keys when they have expired', async () => {
    await insertKeys(1_001, `now() - interval '1 s'`)
    await insertKeys(2, `now() + interval '1 h'`)
    expect(await purgeExpired(database.db)).toEqual({ events: 0, idempotencyKeys: 1_001 })
    expect(await purgeExpired(database.db)).toEqual({ events: 0, idempotencyKeys: 0 })
  })
})
