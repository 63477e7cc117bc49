import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { prepareDatabase } from '../../../src/boot/prepare-database.ts'
import { type Database, openDatabase } from '../../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../../src/embedded/index.ts'
import { type AuctionScene, givenAuction } from '../../modules/auctions/given-auction.ts'
import { bundleForNode } from '../../support/bundle.ts'
import { temporaryDir } from '../../support/cluster.ts'
import { silentLog } from '../../support/db.ts'
import { admitBidders, type Bidder, insertBidders } from '../../support/given-bidders.ts'
import { freePort } from '../../support/product.ts'
import { secretKey } from '../workers.ts'

const giveUpAfterMs = 60_000

export type Api = { origin: string; kill(): Promise<void> }

/** PostgreSQL of its own with fsync as in production, API processes on it, and an auction with bidders who are signed in. */
export type AuctionStage = {
  database: Database
  bidders: readonly Bidder[]
  /** An open lot to which all bidders are admitted. */
  openLot(): Promise<AuctionScene['lot']>
  startApi(): Promise<Api>
  /** kill -9 of the postmaster; its supervisor starts another. Resolves when the database answers again, with the time. */
  killDatabase(): Promise<number>
  close(): Promise<void>
}

export async function openAuctionStage(bidderCount: number): Promise<AuctionStage> {
  const dataDir = temporaryDir(tmpdir())
  const postgres = await startEmbeddedPostgres({ dataDir })
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const limits = { poolSize: 10, statementTimeoutMs: 10_000, acquireTimeoutMs: 10_000, applicationName: 'faults' }
  const database = openDatabase({ url: postgres.url, ...limits }, silentLog)
  const scene = await givenAuction(database.db)
  const bidders = await insertBidders(database.db, bidderCount)
  const server = await bundleForNode('src/server.ts')
  const apis = new Set<ChildProcess>()
  return {
    ...{ database, bidders },
    openLot: async () => {
      const { lot } = await scene.newLot()
      await admitBidders(database.db, [lot.id], bidders)
      return lot
    },
    startApi: async () => {
      const port = await freePort()
      const settings = { DATA_DIR: dataDir, SECRET_KEY: secretKey, DEMO: 'off', LOG_LEVEL: 'fatal', PORT: String(port) }
      const limits = { RATE_LIMIT_PER_MINUTE: '100000000', DATABASE_POOL_SIZE: '8' }
      const child = fork(server, { env: { DATABASE_URL: postgres.url, ...settings, ...limits }, execArgv: [] })
      apis.add(child)
      const origin = `http://127.0.0.1:${port}`
      await untilTrue('the API is ready', () => fetch(`${origin}/readyz`).then(({ ok }) => ok))
      return { origin, kill: () => killed(child) }
    },
    killDatabase: async () => {
      const [from, killed] = [performance.now(), await postmasterOf(dataDir)]
      process.kill(killed, 'SIGKILL')
      // Backends of the dead one may answer a moment longer.
      await untilTrue('another postmaster runs', async () => (await postmasterOf(dataDir)) !== killed)
      await untilTrue('the database answers', () => database.pool.query('select 1').then(() => true))
      return performance.now() - from
    },
    close: async () => {
      await Promise.all([...apis].map(killed))
      await database.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/** Asks until the answer is yes; a failure is a no. */
async function untilTrue(what: string, ask: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + giveUpAfterMs
  while (!(await ask().catch(() => false))) {
    if (performance.now() > giveUpAt) throw new Error(`in vain for ${giveUpAfterMs} ms: ${what}`)
    await sleep(20)
  }
}
