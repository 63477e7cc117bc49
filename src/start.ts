import { resolve } from 'node:path'
import { demoUsers, seedDemo } from '../seeds/demo.ts'
import { seedTalksWhenMatched } from '../seeds/demo-talks.ts'
import { startApi } from './boot/api-server.ts'
import { banner } from './boot/banner.ts'
import { liveUntilStopped } from './boot/lifecycle.ts'
import { assertPortFree, StartError } from './boot/port.ts'
import { prepareDatabase } from './boot/prepare-database.ts'
import { superviseWorkers } from './boot/supervise-workers.ts'
import { waitUntilSettled } from './boot/wait-until-settled.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { EmbeddedPostgresError, startEmbeddedPostgres } from './embedded/index.ts'
import { environment } from './environment.ts'
import type { Log } from './kernel/log.ts'
import { createLog } from './log.ts'

/** Keeps the first start below 20 s on a slow machine; what is left then is done while the API serves. */
const settleLimitMs = 10_000

/** What has been started, in this order; it ends in the reverse one. */
type Part = { stop(): Promise<void>; abandon?(): void }

/** `npm start`: database, schema, demo data, API and workers, in the order in which each needs the one before. */
async function start(): Promise<void> {
  const config = readConfig(environment())
  const log = createLog(config, 'queqiao')
  const parts: Part[] = []
  const stop = async () => {
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) await part.stop()
  }
  await liveUntilStopped({
    log,
    start: async (stopping) => {
      try {
        await startAll(config, { log, parts, stopping })
        return { stop }
      } catch (error) {
        await stop()
        throw error
      }
    },
    abandon: () => {
      for (const part of parts) part.abandon?.()
    },
  })
}

type Starting = { log: Log; parts: Part[]; stopping: AbortSignal }

async function startAll(config: Config, { log, parts, stopping }: Starting): Promise<void> {
  await assertPortFree(config.http.port, config.http.host)
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, parts))
  stopping.throwIfAborted()
  const complete: Config = { ...config, databaseUrl }
  await prepareDatabase(databaseUrl, { hasJobsInPostgres: config.redisUrl === undefined })
  stopping.throwIfAborted()
  const isNew = await seedDemo(complete, log, { isEmbedded: config.databaseUrl === undefined })
  stopping.throwIfAborted()
  parts.push(superviseWorkers({ ...process.env, DATABASE_URL: databaseUrl }, log))
  // The API takes a second to build; the workers match the demo meanwhile.
  const api = startApi(complete, { log, drainDelayMs: 0 }).then((started) => parts.push(started))
  await Promise.all([api, isNew ? waitUntilSettled(complete, log, limited(stopping)) : undefined])
  stopping.throwIfAborted()
  if (isNew) parts.push(finishDemo(complete, log))
  process.stdout.write(banner(config.http.publicUrl, resolve(config.dataDir), await demoUsers(config.dataDir)))
}

/** @returns what ends it. */
function finishDemo(config: Config, log: Log): Part {
  const stop = new AbortController()
  const finished = seedTalksWhenMatched(config, log, stop.signal).catch((error: unknown) =>
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'the demo has no talks'),
  )
  return {
    stop: async () => {
      stop.abort()
      await finished
    },
  }
}

const limited = (stopping: AbortSignal) => AbortSignal.any([stopping, AbortSignal.timeout(settleLimitMs)])

async function startDatabase(config: Config, parts: Part[]): Promise<string> {
  const log = (message: string) => process.stderr.write(`${message}\n`)
  const postgres = await startEmbeddedPostgres({ dataDir: resolve(config.dataDir), log })
  parts.push(postgres)
  return postgres.url
}

/** One readable sentence and the fix, not a stack; 78 (EX_CONFIG) for a wrong configuration. */
function explain(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`)
    process.exit(78)
  }
  const fix = error instanceof EmbeddedPostgresError ? `\n  ${error.fix}` : ''
  const isExpected = error instanceof EmbeddedPostgresError || error instanceof StartError
  const text = isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`Queqiao cannot start. ${text}${fix}\n`)
  process.exit(1)
}

await start().catch(explain)
