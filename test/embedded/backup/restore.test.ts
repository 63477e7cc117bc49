import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { sealEntries } from '../../../src/audit/seal-entries.ts'
import { verifyDatabase } from '../../../src/audit/verify-database.ts'
import { prepareDatabase } from '../../../src/boot/prepare-database.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { backUp, checkBackup, restoreBackup, startEmbeddedPostgres } from '../../../src/embedded/index.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { silentLog } from '../../support/db.ts'
import { given } from '../../support/given.ts'
import { quickSettings } from '../cluster-settings.ts'
import { emptyDir, query, removeUsedDir, usedDir } from '../data-dir.ts'

afterAll(removeUsedDir)

async function start(dataDir: string) {
  const cluster = await startEmbeddedPostgres({ dataDir, settings: quickSettings })
  onTestFinished(() => cluster.stop())
  return cluster
}

function open(url: string) {
  const limits = { poolSize: 4, statementTimeoutMs: 10_000, acquireTimeoutMs: 10_000, applicationName: 'test' }
  return openDatabase({ url, ...limits }, silentLog)
}

const clock = systemClock
const fileIn = async (name = 'backup.tar.gz') => join(await emptyDir(), name)
const backUpTo = (dataDir: string, to: string) => backUp({ dataDir, to, clock })
const restore = (dataDir: string, from: string, mayReplace = false) =>
  restoreBackup({ dataDir, from, mayReplace, clock })

describe('a backup that is made while transactions go on', { timeout: 60_000 }, () => {
  it('restores to one moment: whole pairs, whole audit chains, all rows from before, attachments and secrets', async () => {
    const dataDir = await usedDir()
    const cluster = await start(dataDir)
    await prepareDatabase(cluster.url, { hasJobsInPostgres: true })
    const source = open(cluster.url)
    const made = given({ db: source.db, clock })
    for (let n = 0; n < 4; n += 1) await made.publishedSupply({ title: `备份前的成果 ${n}` })
    expect(await sealEntries(source)).toBeGreaterThan(5)
    await source.pool.query('create table pairs (n int, side text, filler text)')
    await mkdir(join(dataDir, 'attachments', 'ab'), { recursive: true })
    await writeFile(join(dataDir, 'attachments', 'ab', 'scan.pdf'), 'years of work')
    const before = await countsOf(cluster.url)

    const writing = writePairs(source)
    const to = await fileIn()
    const report = await backUpTo(dataDir, to)
    const written = await writing.stop()
    await source.close()
    expect(report.files).toBeGreaterThan(500)
    expect((await stat(to)).mode & 0o777).toBe(0o600)

    const copy = join(await emptyDir(), 'data')
    await restore(copy, to)
    const restored = await start(copy)
    expect(restored.url.split('@')[0]).toBe(cluster.url.split('@')[0])
    expect(await readFile(join(copy, 'attachments', 'ab', 'scan.pdf'), 'utf8')).toBe('years of work')
    expect(await countsOf(restored.url)).toEqual(before)
    const target = open(restored.url)
    onTestFinished(() => target.close())
    const audit = await verifyDatabase(target.db)
    expect([audit.entries > 0, audit.broken, audit.flaws]).toEqual([true, [], []])
    const { rows } = await target.pool.query<{ pairs: number; halves: number }>(
      `select count(*)::int as pairs, (count(*) filter (where sides <> 2))::int as halves
       from (select count(*) as sides from pairs group by n) as pair`,
    )
    expect(rows[0]?.halves).toBe(0)
    expect(rows[0]?.pairs).toBeGreaterThan(0)
    expect(rows[0]?.pairs).toBeLessThanOrEqual(written)
    await target.pool.query('insert into pairs (n, side) values (-1, $1)', ['it goes on'])
  })

  it('starts a database that is not running for the time of the copy', async () => {
    const dataDir = await usedDir()
    const cluster = await start(dataDir)
    await query(cluster.url, 'create table notes as select 7 as id')
    await cluster.stop()
    const to = await fileIn()
    await backUpTo(dataDir, to)
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid')
    const copy = await emptyDir()
    await restore(copy, to)
    expect(await query((await start(copy)).url, 'select id from notes')).toEqual([{ id: 7 }])
  })
})

describe('a backup', () => {
  it('overwrites no file, lies outside of DATA_DIR and needs a database', async () => {
    const dataDir = await usedDir()
    const taken = await fileIn()
    await writeFile(taken, 'older')
    const refusal = { code: 'BACKUP_TARGET' }
    await expect(backUpTo(dataDir, taken)).rejects.toMatchObject(refusal)
    expect(await readFile(taken, 'utf8')).toBe('older')
    await expect(backUpTo(dataDir, join(dataDir, 'backup.tar.gz'))).rejects.toMatchObject(refusal)
    await expect(backUpTo(await emptyDir(), await fileIn())).rejects.toMatchObject(refusal)
  })

  it('is refused when a byte of it was changed, cut off, or added', async () => {
    const to = await fileIn()
    await backUpTo(await usedDir(), to)
    await expect(checkBackup(to)).resolves.toMatchObject({ postgresVersion: '18' })
    const whole = await readFile(to)
    const damage = async (bytes: Buffer) => {
      const path = await fileIn('damaged.tar.gz')
      await writeFile(path, bytes)
      await expect(checkBackup(path)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
      const copy = await emptyDir()
      await expect(restore(copy, path)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
      expect(await readdir(copy)).toEqual([])
    }
    await damage(whole.subarray(0, whole.length / 2))
    const content = gunzipSync(whole)
    const at = content.indexOf('wal_level')
    content[at] = 0x57
    await damage(gzipSync(content, { level: 1 }))
  })
})

describe('a restore', () => {
  it('touches no directory that holds data unless told, and then keeps what was there', async () => {
    const to = await fileIn()
    await backUpTo(await usedDir(), to)
    const other = await usedDir()
    await appendFile(join(other, 'postgres', 'PG_VERSION'), '')
    await writeFile(join(other, 'mine.txt'), 'mine')
    await expect(restore(other, to)).rejects.toMatchObject({ code: 'RESTORE_REFUSED' })
    const { keptAs = '' } = await restore(other, to, true)
    expect(await readFile(join(keptAs, 'mine.txt'), 'utf8')).toBe('mine')
    expect(await readdir(keptAs)).toContain('postgres')
    await start(other)
  })

  it('is refused while a database runs there', async () => {
    const to = await fileIn()
    await backUpTo(await usedDir(), to)
    const dataDir = await usedDir()
    await start(dataDir)
    await expect(restore(dataDir, to, true)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' })
  })

  it('that was killed is named by the next start instead of being hidden by an empty database', async () => {
    const dataDir = await emptyDir()
    await mkdir(join(dataDir, 'restore.new-1'))
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: 'RESTORE_UNFINISHED' })
    await rm(join(dataDir, 'restore.new-1'), { recursive: true })
  })
})

/** Two rows in each transaction, from four writers, until stopped. @returns how many were committed. */
function writePairs({ pool }: ReturnType<typeof open>): { stop(): Promise<number> } {
  let isStopping = false
  let count = 0
  const write = async () => {
    while (!isStopping) {
      const n = count++
      const values = [n, 'x'.repeat(500)]
      await pool.query(
        `with a as (insert into pairs values ($1, 'a', $2)) insert into pairs values ($1, 'b', $2)`,
        values,
      )
    }
  }
  const writers = Promise.all([write(), write(), write(), write()])
  return {
    stop: async () => {
      isStopping = true
      await writers
      return count
    },
  }
}

/** The number of rows of every table but the one that is written to meanwhile. */
async function countsOf(url: string): Promise<Record<string, number>> {
  const tables = await query<{ name: string }>(
    url,
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'pairs' order by 1",
  )
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from ${name}`)
  const rows = await query<{ name: string; count: number }>(url, counts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}
