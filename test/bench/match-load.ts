import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Db } from '../../src/db/client.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { idToUuid } from '../../src/kernel/ids.ts'
import { countTerms } from '../../src/modules/matching/refresh-term-frequencies.ts'
import { trainTextModel } from '../../src/modules/matching/train-text-model.ts'
import type { SyntheticDocument, SyntheticMarket } from './synthetic-match-documents.ts'

type Deps = { db: Db; clock: Clock; pool: pg.Pool; adminUrl: string; dataDir: string }

const columns = 'listing_id, kind, org_id, market, version, facts, body, terms, matched_titles, updated_at'

/**
 * Loads the market with COPY, supplies without their body, which no score reads, then builds the index of supplies, counts
 * terms and trains the text model as the jobs do.
 */
export async function loadMarket(
  deps: Deps,
  { market, listings, demands }: { market: SyntheticMarket; listings: number; demands: number },
) {
  const { pool } = deps
  const indexdef = await dropSupplyIndex(pool)
  const copy = await timed(async () => {
    await copyDocuments(
      deps,
      numbered(listings, (number) => market.documentOf('supply', number)),
    )
    await copyDocuments(
      deps,
      numbered(demands, (number) => market.documentOf('demand', number)),
    )
  })
  const index = await timed(() => buildIndex(pool, indexdef))
  await pool.query('vacuum analyze match_documents')
  const terms = await timed(async () => {
    await countTerms(deps, 'supply')
    await countTerms(deps, 'demand')
  })
  const training = await timed(() => trainTextModel(deps))
  const { rows } = await pool.query<{ bytes: string }>(
    "select pg_relation_size('match_documents__supply_terms')::text as bytes",
  )
  return {
    copySeconds: copy,
    rowsPerSecond: Math.round((listings + demands) / copy),
    indexSeconds: index,
    indexMb: Math.round(Number(rows[0]?.bytes ?? 0) / 1e6),
    termSeconds: terms,
    trainingSeconds: training,
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return (performance.now() - from) / 1000
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

function* numbered<T>(count: number, make: (number: number) => T): Generator<T> {
  for (let number = 0; number < count; number += 1) yield make(number)
}

/** The server reads the file itself: the protocol's COPY would need another package. */
async function copyDocuments(deps: Deps, documents: Iterable<SyntheticDocument>): Promise<void> {
  const file = join(deps.dataDir, 'documents.tsv')
  const stream = createWriteStream(file, { mode: 0o644 })
  for (const document of documents) if (!stream.write(lineOf(document))) await once(stream, 'drain')
  stream.end()
  await once(stream, 'finish')
  const url = new URL(deps.adminUrl)
  url.pathname = new URL((deps.pool.options.connectionString ?? '').toString()).pathname
  const admin = new pg.Client({ connectionString: url.toString() })
  await admin.connect()
  await admin.query(`copy match_documents (${columns}) from '${file}'`)
  await admin.end()
  await rm(file)
}

function lineOf({ facts, terms }: SyntheticDocument): string {
  const { body, ...rest } = facts
  const lexemes = terms.map((term) => `'${term.replace(/['\\]/g, '$&$&')}'`).join(' ')
  const fields = [
    idToUuid(facts.id),
    facts.kind,
    idToUuid(facts.orgId),
    facts.market,
    '1',
    JSON.stringify(rest),
    facts.kind === 'demand' ? body : '',
    lexemes,
    '1000000000',
    '2026-01-01T00:00:00Z',
  ]
  return `${fields.map((field) => field.replace(/\\/g, '\\\\')).join('\t')}\n`
}
