import type pg from 'pg'
import { type Id, uuidToId } from '../../src/kernel/ids.ts'

/** A market with brokers and open items of ten demands each, by SQL; every second item is of the brokers' field. */
export async function loadReviewQueue(
  pool: pg.Pool,
  { items, brokers }: { items: number; brokers: number },
): Promise<Id<'user'>[]> {
  // Only the queue is measured: its items need neither listings nor matches.
  await pool.query('alter table review_items drop constraint review_items_match_id_fkey')
  await pool.query(`
    insert into markets (code, name_zh, name_en, region, rules, created_at)
    values ('ningbo', '宁波', 'Ningbo', '330200', '{"publishOnSubmit": true}', now())`)
  await pool.query(`
    insert into organisations (id, kind, name, uscc, market, verification, created_at, updated_at)
    values (gen_random_uuid(), 'broker_firm', '示范', '91330206MA2XXXXXX1', 'ningbo', 'verified', now(), now())`)
  const { rows } = await pool.query<{ id: string }>(
    `insert into users (id, org_id, email, display_name, password_hash, role, created_at, updated_at)
     select gen_random_uuid(), id, 'broker' || number || '@example.com', '示范', '', 'broker', now(), now()
     from organisations, generate_series(1, $1::int) number returning id`,
    [brokers],
  )
  await pool.query(
    `insert into review_items (id, match_id, demand_id, supply_id, demand_org_id, supply_org_id, market, fields, region, score,
       priority, state, snapshot, created_at, turn_at, open_to_all_at)
     select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
       'ningbo', array[case when number % 2 = 0 then 'new-materials' else 'new-energy' end], '330206', 0.7, 3, 'open', '{}',
       now() - number * interval '1 second', now() - number * interval '1 second' - random() * interval '72 hours',
       now() + interval '1 day'
     from generate_series(1, $1::int) number`,
    [items],
  )
  await pool.query('vacuum analyze review_items')
  return rows.map(({ id }) => uuidToId('user', id))
}
