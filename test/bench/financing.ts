import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { type Db, openDatabase } from '../../src/db/client.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { listEligibleProducts } from '../../src/modules/eligibility/list-eligible-products.ts'
import { planFinancing } from '../../src/modules/eligibility/plan-financing.ts'
import { readSubjectFacts } from '../../src/modules/eligibility/subject-facts.ts'
import { declareEvidence } from '../../src/modules/evidence/index.ts'
import { projectRoot } from '../../src/project-root.ts'
import { given } from '../support/given.ts'
import { syntheticProducts } from './synthetic-products.ts'

/**
 * `npm run bench:financing`: one enterprise against 500 products (target: p95 20 ms) and the plan of a project over 90 of them
 * (target: p95 100 ms), through the use cases on a PostgreSQL of its own. Prints a table, writes dist/bench-financing.json.
 */
const rounds = 200
const projectFen = 800_000_000
const log = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error }
const dataDir = await mkdtemp('/tmp/queqiao-bench-')
await rm(dataDir, { recursive: true })
const postgres = await startEmbeddedPostgres({ dataDir })
const limits = { poolSize: 8, statementTimeoutMs: 60_000, acquireTimeoutMs: 30_000, applicationName: 'bench' }
const database = openDatabase({ url: postgres.url, ...limits }, log)
try {
  await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
  const deps = { db: database.db, clock: systemClock }
  const made = given(deps)
  const few = await enterpriseAmong(deps, { market: 'ganxian', products: 90 })
  const many = await enterpriseAmong(deps, { market: 'ningbo', products: 500 })
  const subject = await readSubjectFacts(deps, few, { organisationId: few.orgId })
  const page = { organisationId: many.orgId, page: { limit: 100 } }
  const figures = [
    await measured('eligibility of one enterprise, 500 products', 20, () => listEligibleProducts(deps, many, page)),
    await measured('financing plan over 90 products', 100, () => planFinancing(deps.db, subject, projectFen)),
  ]
  await report(figures)

  async function enterpriseAmong(
    { db, clock }: { db: Db; clock: typeof systemClock },
    { market, products }: { market: string; products: number },
  ): Promise<Principal> {
    const bank = await made.organisation({ kind: 'financial_institution', market })
    for (const product of syntheticProducts(products)) await made.publishedFinanceProduct({ by: bank, ...product })
    const firm = await made.organisation({ market })
    const facts = { staff: 90, rdStaff: 30, revenueFen: 6_000_000_000, rdSpendFen: 480_000_000, ipClassOne: 2 }
    for (const [field, value] of Object.entries({ ...facts, isListed: false, foundedOn: '2019-05-01' })) {
      const statement = { field, value, asOf: '2025-12-31', source: '年报', organisationId: firm.orgId }
      await declareEvidence({ db, clock }, firm, statement)
    }
    return firm
  }
} finally {
  await database.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}

type Figure = { name: string; targetMs: number; p50: number; p95: number; max: number; cpuMs: number }

/** Elapsed times of single calls, and the processor time of one on average, which other load does not disturb. */
async function measured(name: string, targetMs: number, once: () => Promise<unknown>): Promise<Figure> {
  for (let round = 0; round < 20; round += 1) await once()
  const before = process.cpuUsage()
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now()
    await once()
    times.push(performance.now() - started)
  }
  const { user, system } = process.cpuUsage(before)
  times.sort((one, other) => one - other)
  const at = (share: number) => Math.round((times[Math.ceil(share * rounds) - 1] ?? 0) * 10) / 10
  return {
    name,
    targetMs,
    p50: at(0.5),
    p95: at(0.95),
    max: at(1),
    cpuMs: Math.round((user + system) / rounds / 100) / 10,
  }
}

async function report(figures: readonly Figure[]): Promise<void> {
  console.log('| ms | p50 | p95 | max | CPU | target p95 |\n|---|---|---|---|---|---|')
  for (const { name, p50, p95, max, cpuMs, targetMs } of figures) {
    console.log(`| ${name} | ${p50} | ${p95} | ${max} | ${cpuMs} | ${targetMs} |`)
  }
  await mkdir(join(projectRoot(), 'dist'), { recursive: true })
  await writeFile(join(projectRoot(), 'dist/bench-financing.json'), JSON.stringify(figures, null, 2))
}
