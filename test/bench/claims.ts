import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { openDatabase } from '../../src/db/client.ts'
import { withTx } from '../../src/db/tx.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { type Id, newId } from '../../src/kernel/ids.ts'
import { claimItems, countHeldItems, lockClaims } from '../../src/modules/review/claim-repo.ts'
import type { ReviewWorker } from '../../src/modules/review/worker-of.ts'
import { projectRoot } from '../../src/project-root.ts'
import { loadReviewQueue } from './review-load.ts'

/**
 * `npm run bench:claims -- [--items 10000] [--brokers 50] [--limit 1] [--pause 200]`: brokers claim from one queue until each
 * has claimed 40 times, with a pause of up to so many ms between two claims, as reading takes. Prints a table, fails when
 * an item was under two valid leases, and writes dist/bench-claims.json.
 */
const option = (value: string) => ({ type: 'string', default: value }) as const
const { values } = parseArgs({
  options: { items: option('10000'), brokers: option('50'), limit: option('1'), pause: option('200') },
})
const [items, brokers, limit, pause] = [values.items, values.brokers, values.limit, values.pause].map(Number) as [
  number,
  number,
  number,
  number,
]
const rounds = 40

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error }
const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
const limits = { poolSize: 20, statementTimeoutMs: 600_000, acquireTimeoutMs: 60_000, applicationName: 'bench' }
const database = openDatabase({ url: postgres.url, ...limits }, log)
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const users = await loadReviewQueue(database.pool, { items, brokers })
  const held = new Set<string>()
  const times: number[] = []
  let twice = 0
  const work = async (worker: ReviewWorker) => {
    for (let round = 0; round < rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * pause))
      const from = performance.now()
      const claimed = await claim(worker)
      times.push(performance.now() - from)
      for (const { id } of claimed) {
        if (held.has(id)) twice += 1
        held.add(id)
      }
    }
  }
  const from = performance.now()
  await Promise.all(users.map((userId) => work(workerOf(userId))))
  const seconds = (performance.now() - from) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number) => Number((times[Math.ceil(share * times.length) - 1] ?? 0).toFixed(1))
  const report = { items, brokers, limit, claims: times.length, claimed: held.size, twice }
  const figures = { perSecond: Math.round(times.length / seconds), p50: at(0.5), p95: at(0.95), max: at(1) }
  console.log(
    '| brokers | claims | items claimed | by two | claims/s | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|---|---|---|',
  )
  console.log(
    `| ${brokers} | ${times.length} | ${held.size} | ${twice} | ${figures.perSecond} | ${figures.p50} | ${figures.p95} | ${figures.max} |`,
  )
  await writeFile(join(projectRoot(), 'dist/bench-claims.json'), JSON.stringify({ ...report, ...figures }, null, 2))
  process.exitCode = twice === 0 ? 0 : 1
} finally {
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/** The transaction of a claim, without reading the listings for the answer. */
function claim(worker: ReviewWorker) {
  return withTx(database.db, async (tx) => {
    await lockClaims(tx, worker.userId)
    const free = 200 - (await countHeldItems(tx, worker.userId))
    return claimItems(tx, { worker, markets: ['ningbo'], limit: Math.min(limit, free) })
  })
}

function workerOf(userId: Id<'user'>): ReviewWorker {
  const lists = { fields: ['new-materials'], regions: [], certificates: [], conflicts: [] }
  const profile = { userId, grade: 'technology_broker_junior', ...lists, languages: [], capacity: null }
  return {
    ...{ userId, orgId: newId('organisation'), step: 1, ...lists },
    profile: { ...profile, isAvailable: true, version: 1 },
  }
}
