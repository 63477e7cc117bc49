import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Broken } from '../audit/chain.ts'
import { readExport } from '../audit/sealed-record.ts'
import { readSealed, verifyDatabase } from '../audit/verify-database.ts'
import { verifyRecords } from '../audit/verify-records.ts'
import { readConfig } from '../config.ts'
import { type Db, openDatabase } from '../db/client.ts'
import { findRunningUrl } from '../embedded/index.ts'
import { environment } from '../environment.ts'
import { idSchema, idToUuid } from '../kernel/ids.ts'
import { createLog } from '../log.ts'

/**
 * `npm run audit:verify`                         recomputes all chains and anchors in the database
 * `npm run audit:verify -- --export FILE`        writes the chains as NDJSON (`--organisation org_…`: one of them)
 * `npm run audit:verify -- --file FILE`          recomputes an export, without a database
 * Names the first broken entry of each chain. Exit code 0 when all is whole, 1 when not, 2 when it cannot be told.
 */
async function run(): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { file: text, export: text, organisation: text } })
  if (values.file !== undefined) return verifyFile(values.file)
  const config = readConfig(environment())
  const url = config.databaseUrl ?? (await findRunningUrl(config.dataDir))
  if (url === undefined) throw new Error(`DATABASE_URL is missing, and no Queqiao is running in ${config.dataDir}.`)
  const limits = { poolSize: 2, statementTimeoutMs: 60_000, acquireTimeoutMs: 5_000 }
  const database = openDatabase({ url, applicationName: 'queqiao-audit', ...limits }, createLog(config, 'queqiao'))
  try {
    return values.export === undefined
      ? await verify(database.db)
      : await writeExport(database.db, values.export, values.organisation)
  } finally {
    await database.close()
  }
}

async function verify(db: Db): Promise<number> {
  const { entries, chains, anchors, broken, flaws } = await verifyDatabase(db)
  console.log(`${entries} entries in ${chains} chains and ${anchors} anchors are whole`)
  tell(broken)
  for (const flaw of flaws) console.log(`broken: ${flaw}`)
  return broken.length + flaws.length === 0 ? 0 : 1
}

async function verifyFile(file: string): Promise<number> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  const { entries, heads, broken } = await verifyRecords(readExport(lines), { isWhole: false })
  console.log(`${entries} entries in ${heads.size} chains are whole`)
  for (const { chain, position, hash } of heads.values()) console.log(`chain ${chain} ends at ${position}: ${hash}`)
  tell(broken)
  return broken.length === 0 ? 0 : 1
}

async function writeExport(db: Db, file: string, organisation: string | undefined): Promise<number> {
  const chain = organisation === undefined ? undefined : idToUuid(idSchema('organisation').parse(organisation))
  let count = 0
  async function* lines() {
    for await (const record of readSealed(db, chain)) {
      count += 1
      yield `${JSON.stringify(record)}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }))
  console.log(`${count} entries written to ${file}`)
  return 0
}

function tell(broken: readonly Broken[]): void {
  for (const { chain, position, id, reason } of broken) {
    console.log(`broken: position ${position} of chain ${chain} (${id ?? 'no entry'}): ${reason}`)
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
