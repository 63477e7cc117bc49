import { rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import type { Db } from '../../src/db/client.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import type { ListingKind } from '../../src/modules/matching/domain/types.ts'
import { countTerms } from '../../src/modules/matching/refresh-term-frequencies.ts'
import { trainTextModel } from '../../src/modules/matching/train-text-model.ts'
import { projectRoot } from '../../src/project-root.ts'
import { type Chunk, columns } from './match-generate.ts'

type Deps = { db: Db; clock: Clock; pool: pg.Pool; adminUrl: string; dataDir: string }
type Load = { seed: number; listings: number; demands: number; say: (line: string) => void }

const chunkSize = 25_000

/**
 * Loads the market with COPY, builds the index of supplies afterwards, counts terms and trains the text model as the jobs
 * do. 20,000 rows a second on two quiet cores; a million with its index, counts and model took 96 s.
 */
export async function loadMarket(deps: Deps, { seed, listings, demands, say }: Load) {
  const { pool } = deps
  const indexdef = await dropSupplyIndex(pool)
  const chunks = [...chunksOf(deps, 'supply', listings), ...chunksOf(deps, 'demand', demands)]
  const copySeconds = await timed(() => copyAll(deps, seed, chunks, say))
  say(`COPY of ${listings + demands} rows: ${copySeconds.toFixed(0)} s`)
  const indexSeconds = await timed(() => buildIndex(pool, indexdef))
  say(`GIN index: ${indexSeconds.toFixed(0)} s`)
  await pool.query('vacuum analyze match_documents')
  const termSeconds = await timed(async () => {
    await countTerms(deps, 'supply')
    await countTerms(deps, 'demand')
  })
  say(`terms counted: ${termSeconds.toFixed(0)} s`)
  const trainingSeconds = await timed(() => trainTextModel(deps))
  say(`text model: ${trainingSeconds.toFixed(0)} s`)
  await settle(deps)
  const { rows } = await pool.query<{ bytes: string }>(
    "select pg_relation_size('match_documents__supply_terms')::text as bytes",
  )
  return {
    copySeconds,
    rowsPerSecond: Math.round((listings + demands) / copySeconds),
    indexSeconds,
    indexMb: Math.round(Number(rows[0]?.bytes ?? 0) / 1e6),
    termSeconds,
    trainingSeconds,
  }
}

/** What a server does by itself in the minutes after so much was written, at once: on two cores it would be measured as well. */
async function settle(deps: Deps): Promise<void> {
  const admin = await connectAdmin(deps)
  await admin.query('vacuum analyze term_frequencies')
  await admin.query('checkpoint')
  await admin.end()
}

async function connectAdmin({ adminUrl, pool }: Deps): Promise<pg.Client> {
  const url = new URL(adminUrl)
  url.pathname = new URL((pool.options.connectionString ?? '').toString()).pathname
  const admin = new pg.Client({ connectionString: url.toString() })
  await admin.connect()
  return admin
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return (performance.now() - from) / 1000
}

function chunksOf({ dataDir }: Deps, kind: ListingKind, count: number): Chunk[] {
  return Array.from({ length: Math.ceil(count / chunkSize) }, (_, index) => {
    const from = index * chunkSize
    return { kind, from, to: Math.min(count, from + chunkSize), file: join(dataDir, `${kind}-${index}.tsv`) }
  })
}

/** Threads make files, each at most one ahead; the server reads them itself, one after the other. */
async function copyAll(deps: Deps, seed: number, chunks: readonly Chunk[], say: Load['say']): Promise<void> {
  const admin = await connectAdmin(deps)
  await admin.query('set synchronous_commit = off')
  const waiting = [...chunks]
  let isCopying = Promise.resolve()
  const copy = async ({ kind, to, file }: Chunk) => {
    await admin.query(`copy match_documents (${columns}) from '${file}'`)
    await rm(file)
    say(`${kind}: ${to} loaded`)
  }
  const makeFiles = async () => {
    const thread = new Worker(join(projectRoot(), 'dist/test/bench/match-generate.js'), { workerData: seed })
    for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
      const made = chunk
      await madeBy(thread, made)
      const before = isCopying
      isCopying = before.then(() => copy(made))
      await before
    }
    await thread.terminate()
  }
  await Promise.all(Array.from({ length: Math.min(chunks.length, Math.max(1, cpus().length)) }, makeFiles))
  await isCopying
  await admin.end()
}

function madeBy(thread: Worker, chunk: Chunk): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => reject(error)
    thread.once('error', onError)
    thread.once('message', () => {
      thread.off('error', onError)
      resolve()
    })
    thread.postMessage(chunk)
  })
}

async function dropSupplyIndex(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ indexdef: string }>(
    "select indexdef from pg_indexes where indexname = 'match_documents__supply_terms'",
  )
  await pool.query('drop index match_documents__supply_terms')
  return rows[0]?.indexdef ?? ''
}

async function buildIndex(pool: pg.Pool, indexdef: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query("set maintenance_work_mem = '512MB'")
    await client.query(indexdef)
  } finally {
    client.release(true)
  }
}
