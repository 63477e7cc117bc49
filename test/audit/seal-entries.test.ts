import { beforeEach, describe, expect, it } from 'vitest'
import { anchorChains } from '../../src/audit/anchor-chains.ts'
import { appendAudit } from '../../src/audit/append.ts'
import { sealEntries } from '../../src/audit/seal-entries.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { withTx } from '../../src/db/tx.ts'
import { type Id, newId } from '../../src/kernel/ids.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()
const at = new Date('2026-11-20T02:00:00Z')
const orgs = [newId('organisation'), newId('organisation')]
const append = (orgId?: Id<'organisation'>, facts: Record<string, unknown> = {}) =>
  appendAudit(database.db, { ...(orgId && { orgId }), action: 'thing.done', objectId: 'thing', facts, at })
const rows = async (sql: string) => (await database.pool.query(sql)).rows
/** As somebody with all rights on the database would. */
const tamper = (sql: string) => database.pool.query(`set session_replication_role = replica; ${sql}; reset all`)

beforeEach(() => database.reset())

async function givenChains() {
  for (const number of [1, 2, 3, 4]) await append(orgs[number % 2], { number, score: 1 / number })
  await append()
  await sealEntries(database)
}

describe('sealing', () => {
  it('chains the entries of each organisation and of nobody, and nothing waits any more', async () => {
    await givenChains()
    await append(orgs[0])
    expect(await sealEntries(database)).toBe(1)
    expect(await verifyDatabase(database.db)).toMatchObject({ entries: 6, chains: 3, broken: [], flaws: [] })
    expect(await rows('select * from audit_pending')).toEqual([])
    const links = await rows('select chain, max(position)::int as last from audit_links group by chain order by 2')
    expect(links.map(({ last }) => last)).toEqual([1, 2, 3])
  })

  it('makes no gap and no fork when several seal while entries of an open transaction are still to come', async () => {
    const writing = Array.from({ length: 20 }, (_, number) =>
      withTx(database.db, async (tx) => {
        await appendAudit(tx, { orgId: orgs[0] as Id<'organisation'>, action: 'thing.done', facts: { number }, at })
        await tx.execute('select pg_sleep(0.01)')
      }),
    )
    await Promise.all([...writing, ...Array.from({ length: 10 }, () => sealEntries(database))])
    await sealEntries(database)
    expect(await verifyDatabase(database.db)).toMatchObject({ entries: 20, chains: 1, broken: [], flaws: [] })
  })
})

describe('the tables', () => {
  it.each(['audit_entries', 'audit_links', 'audit_anchors'])(
    '%s refuse change, deletion and emptying',
    async (table) => {
      await givenChains()
      await anchorChains({ db: database.db, log: silentLog })
      const column = table === 'audit_entries' ? 'action' : 'hash'
      for (const sql of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ]) {
        await expect(database.pool.query(sql), sql).rejects.toThrow('append-only')
      }
    },
  )
})

describe('verification', () => {
  it.each([
    [`update audit_entries set facts = '{}' where facts ->> 'number' = '3'`, 'was changed'],
    [`update audit_entries set user_id = gen_random_uuid() where facts ->> 'number' = '3'`, 'was changed'],
    [`update audit_links set hash = repeat('0', 64) where position = 2`, 'was changed'],
    [`delete from audit_links where position = 1 and chain <> '00000000-0000-0000-0000-000000000000'`, 'is missing'],
    [`delete from audit_entries where facts ->> 'number' = '1'`, 'is missing'],
  ])('finds the trace of %s', async (sql, reason) => {
    await givenChains()
    await tamper(sql)
    const { broken } = await verifyDatabase(database.db)
    expect(broken[0]?.reason).toContain(reason)
  })

  it('finds an entry that was kept from the chain', async () => {
    await append(orgs[0])
    await tamper('delete from audit_pending')
    expect((await verifyDatabase(database.db)).flaws).toMatchObject([expect.stringContaining('has no link')])
  })

  it('finds by its anchors that the end of a chain was cut off', async () => {
    await givenChains()
    await anchorChains({ db: database.db, log: silentLog })
    expect(await anchorChains({ db: database.db, log: silentLog })).toBeUndefined()
    await append(orgs[0])
    await anchorChains({ db: database.db, log: silentLog })
    expect(await verifyDatabase(database.db)).toMatchObject({ anchors: 2, broken: [], flaws: [] })
    await tamper(`
      with cut as (delete from audit_links where position = 3 returning entry_id)
      delete from audit_entries where id in (select entry_id from cut)`)
    const report = await verifyDatabase(database.db)
    expect(report.broken).toEqual([])
    expect(report.flaws).toMatchObject([expect.stringContaining('anchor 2 saw another entry at position 3')])
  })
})
