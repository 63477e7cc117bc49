import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { newId } from '../../src/kernel/ids.ts'
import { listBids } from '../../src/modules/auctions/bid-repo.ts'
import { bidText } from '../../src/modules/auctions/domain/chain.ts'
import { sha256 } from '../../src/modules/auctions/hashing.ts'
import { placeBid } from '../../src/modules/auctions/place-bid.ts'
import { toAuditedBid } from '../../src/modules/auctions/read-audit.ts'
import { projectRoot } from '../../src/project-root.ts'
import { insertAdmittedBidders } from './auction-bidders.ts'

/**
 * `npm run bench:auction`: 200 bidders send 10,000 bids to one lot through the use case, on PostgreSQL with fsync as in
 * production and 20 connections. Each bidder sends its next bid when the last one was answered, a little above the price that
 * it last saw. Afterwards the chain is verified. Prints a table and writes dist/bench-auction.json.
 */
const bidders = Number(process.env.BENCH_BIDDERS ?? 200)
const attempts = Number(process.env.BENCH_ATTEMPTS ?? 10_000)
const connections = 20
const step = 10_000

const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const limits = { poolSize: connections, statementTimeoutMs: 5_000, acquireTimeoutMs: 60_000 }
  const database = openDatabase({ url: postgres.url, applicationName: 'bench', ...limits }, quiet)
  // As the cluster's owner, who may leave out the foreign keys of rows that nobody reads here.
  const adminUrl = new URL(postgres.adminUrl)
  adminUrl.pathname = new URL(postgres.url).pathname
  const admin = openDatabase({ url: adminUrl.href, applicationName: 'bench-setup', ...limits, poolSize: 1 }, quiet)
  const { lotId, principals } = await insertAdmittedBidders(admin.db, bidders)
  await admin.close()
  const deps = { db: database.db, live: memoryLiveChannel() }
  const times: number[] = []
  const refusals = new Map<string, number>()
  let least = 100_000
  let left = attempts
  let accepted = 0
  const lane = async (actor: (typeof principals)[number]) => {
    while (left > 0) {
      left -= 1
      const limitFen = least + step * Math.floor(Math.random() * 3)
      const began = performance.now()
      try {
        const placed = await placeBid(deps, actor, { lotId, limitFen, isMaximum: false, key: newId('event') })
        accepted += 1
        least = Math.max(least, placed.leastFen)
      } catch (error) {
        const code = error instanceof AppError ? error.code : 'FAILED'
        refusals.set(code, (refusals.get(code) ?? 0) + 1)
        if (error instanceof AppError) least = Math.max(least, Number(error.details?.leastFen ?? 0))
      }
      times.push(performance.now() - began)
    }
  }
  const began = performance.now()
  await Promise.all(principals.map(lane))
  const seconds = (performance.now() - began) / 1000
  const bids = (await listBids(database.db, lotId)).map(toAuditedBid)
  const isChained = bids.every((one, i) => {
    const previous = bids[i - 1]
    const follows = previous === undefined || (one.previousHash === previous.hash && one.amountFen > previous.amountFen)
    return one.seq === i + 1 && follows && sha256(bidText(one.previousHash, one)) === one.hash
  })
  await database.close()
  await report({ seconds, times, accepted, recorded: bids.length, isChained, refusals: Object.fromEntries(refusals) })
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

type Outcome = {
  seconds: number
  times: number[]
  accepted: number
  recorded: number
  isChained: boolean
  refusals: Record<string, number>
}

async function report({ times, ...outcome }: Outcome): Promise<void> {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  const rate = Math.round(sorted.length / outcome.seconds)
  console.log(`\n${cpus().length} cores, ${bidders} bidders, ${sorted.length} attempts, ${connections} connections\n`)
  console.log('| attempts/s | p50 ms | p95 ms | accepted | recorded | chain | target |\n|---|---|---|---|---|---|---|')
  const chain = outcome.isChained ? 'intact' : 'BROKEN'
  console.log(
    `| ${rate} | ${at(0.5)} | ${at(0.95)} | ${outcome.accepted} | ${outcome.recorded} | ${chain} | ≥ 2000/s, p95 ≤ 150 ms |`,
  )
  console.log(`\nrefusals: ${JSON.stringify(outcome.refusals)}`)
  const file = join(projectRoot(), 'dist/bench-auction.json')
  await writeFile(file, JSON.stringify({ ...outcome, rate, p50: at(0.5), p95: at(0.95) }, null, 2))
  if (!outcome.isChained || outcome.accepted !== outcome.recorded) process.exitCode = 1
}
