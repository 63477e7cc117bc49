import type pg from 'pg'
import { upsertDocuments } from '../../../src/adapters/search/postgres-upsert.ts'
import type { Db } from '../../../src/db/client.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { idToUuid, uuidToId } from '../../../src/kernel/ids.ts'
import { syntheticListing } from '../../bench/synthetic-listings.ts'
import { given } from '../../support/given.ts'
import { newAccessToken } from '../../support/harness.ts'
import { fillTable, listTables } from './fill-tables.ts'

/** A market of many rows, and a member of it. */
export type BigMarket = {
  token: string
  email: string
  password: string
  /** Of some published demands and supplies, spread over all. */
  demandIds: string[]
  supplyIds: string[]
}

type Sizes = { rows: number; documents: number }

/** These have as many rows as the listings. What is in them belongs to nobody: they are to be locked, indexed and checked. */
const alongside = ['outbox_events', 'notifications', 'matches']
const models = 6

/**
 * Listings as they are published, multiplied: under ids of their own and numbered titles, without their histories. Search has a
 * part of them. `admin` is a superuser's connection, because copies obey no foreign keys. A million rows take some 100 s.
 */
export async function fillMarket(deps: { db: Db; admin: pg.Pool }, { rows, documents }: Sizes): Promise<BigMarket> {
  const { db, admin } = deps
  const made = given({ db, clock: systemClock })
  await made.market({ publishOnSubmit: true })
  const member = await made.organisation()
  for (let n = 0; n < models; n += 1) {
    await made.publishedSupply()
    await made.publishedDemand({ by: member })
  }
  const client = await admin.connect()
  try {
    await copyListings(client, rows)
    const tables = await listTables(admin)
    for (const table of tables.filter(({ name }) => alongside.includes(name))) {
      const filled = await fillTable(client, table, rows)
      if (filled !== rows) throw new Error(`${table.name} has ${filled} rows instead of ${rows}`)
    }
  } finally {
    client.release()
  }
  for (let from = 0; from < documents; from += 1_000) {
    const count = Math.min(1_000, documents - from)
    await upsertDocuments(
      db,
      Array.from({ length: count }, (_, n) => syntheticListing(from + n)),
    )
  }
  // Otherwise autovacuum and a checkpoint would do this beside what is measured.
  await admin.query('vacuum analyze')
  await admin.query('checkpoint')
  const { rows: users } = await admin.query<{ email: string }>('select email from users where id = $1', [
    idToUuid(member.userId),
  ])
  return {
    ...{ token: await newAccessToken({ db, clock: systemClock }, member), email: users[0]?.email ?? '' },
    password: 'a meadow full of staples',
    demandIds: (await someOf(admin, 'demand')).map((id) => uuidToId('demand', id)),
    supplyIds: (await someOf(admin, 'supply')).map((id) => uuidToId('supply', id)),
  }
}

async function copyListings(client: pg.ClientBase, rows: number): Promise<void> {
  const { rows: columns } = await client.query<{ name: string }>(
    `select format('%I', attname) as name from pg_attribute
     where attrelid = 'listings'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  )
  const changed = new Map([
    ['id', 'gen_random_uuid()'],
    ['title', "left(model.title || ' ' || n, 100)"],
    ['external_id', 'null'],
  ])
  const names = columns.map(({ name }) => name)
  const values = names.map((name) => changed.get(name) ?? `model.${name}`)
  await client.query('set session_replication_role = replica')
  await client.query(
    `insert into listings (${names.join(', ')}) select ${values.join(', ')}
     from listings as model cross join generate_series(1, ${Math.ceil(rows / (2 * models))}) as n
     limit ${rows} - (select count(*) from listings)`,
  )
  await client.query('reset session_replication_role')
}

async function someOf(admin: pg.Pool, kind: string): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from (select id from listings where kind = $1 order by id limit 100000) as found
     order by md5(id::text) limit 500`,
    [kind],
  )
  return rows.map(({ id }) => id)
}
