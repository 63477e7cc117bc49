import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { appendAudit } from '../../src/audit/append.ts'
import { sealEntries } from '../../src/audit/seal-entries.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { openDatabase } from '../../src/db/client.ts'
import { type Tx, withTx } from '../../src/db/tx.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { newId } from '../../src/kernel/ids.ts'
import { projectRoot } from '../../src/project-root.ts'

/**
 * `npm run bench:audit -- [--seconds s]`: transactions of one organisation that each write an audit entry and then do three
 * more statements, on 20 connections: as they are (linked later by the sealer), and with a lock on the end of the chain.
 * Then how fast the sealer and the verification are. Prints a table and writes dist/bench-audit.json.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '4' } } })
const seconds = Number(values.seconds)
const writers = 20

const log = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
const limits = {
  poolSize: writers + 2,
  statementTimeoutMs: 600_000,
  acquireTimeoutMs: 30_000,
  applicationName: 'bench',
}
const database = openDatabase({ url: postgres.url, ...limits }, log)
const { db } = database
const orgId = newId('organisation')

try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  await database.pool.query('create table chain_heads (chain uuid primary key, position bigint not null)')
  await database.pool.query('insert into chain_heads values (gen_random_uuid(), 0)')
  const sealedLater = await transactionsPerSecond(async () => undefined)
  const lockedHead = await transactionsPerSecond((tx) =>
    tx.execute(sql`update chain_heads set position = position + 1`),
  )
  const sealing = await timed(() => sealEntries({ db }))
  const verifying = await timed(() => verifyDatabase(db))
  const report = {
    ...{ writers, seconds, sealedLater, lockedHead, entries: sealing.result },
    sealedPerSecond: Math.round(sealing.result / sealing.seconds),
    verifiedPerSecond: Math.round(sealing.result / verifying.seconds),
  }
  console.log('| | |\n|---|---|')
  console.log(`| transactions/s, linked by the sealer | ${sealedLater} |`)
  console.log(`| transactions/s, lock on the chain's end | ${lockedHead} |`)
  console.log(`| entries sealed/s | ${report.sealedPerSecond} |`)
  console.log(`| entries verified/s | ${report.verifiedPerSecond} |`)
  await writeFile(join(projectRoot(), 'dist/bench-audit.json'), JSON.stringify(report, null, 2))
} finally {
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function transactionsPerSecond(takePlace: (tx: Tx) => Promise<unknown>): Promise<number> {
  const end = performance.now() + seconds * 1_000
  let count = 0
  const write = async () => {
    while (performance.now() < end) {
      await withTx(db, async (tx) => {
        await takePlace(tx)
        await appendAudit(tx, { orgId, action: 'thing.done', objectId: 'thing', facts: { count }, at: new Date(0) })
        for (let statement = 0; statement < 3; statement += 1) await tx.execute(sql`select 1`)
      })
      count += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  return Math.round(count / seconds)
}

async function timed<T>(run: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const from = performance.now()
  const result = await run()
  return { result, seconds: (performance.now() - from) / 1_000 }
}
