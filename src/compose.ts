import { join } from 'node:path'
import { diskFileStore } from './adapters/files/disk.ts'
import { s3FileStore } from './adapters/files/s3.ts'
import { assertUsableRedis, bullmqJobQueue } from './adapters/jobs/bullmq.ts'
import type { JobTimings } from './adapters/jobs/bullmq-backend.ts'
import { postgresLiveChannel } from './adapters/live/postgres.ts'
import { redisLiveChannel } from './adapters/live/redis.ts'
import { smtpMailer } from './adapters/mail/smtp.ts'
import { storedMailer } from './adapters/mail/stored.ts'
import { httpWebhookSender } from './adapters/webhooks/http.ts'
import { composeSearch } from './compose-search.ts'
import type { Config } from './config.ts'
import { type Database, type Db, openDatabase } from './db/client.ts'
import { databaseClock } from './db/database-clock.ts'
import { fillPool } from './db/fill-pool.ts'
import type { Deps } from './deps.ts'
import type { Clock } from './kernel/clock.ts'
import type { Log } from './kernel/log.ts'
import { createLog } from './log.ts'
import { attachmentLinks } from './modules/attachments/index.ts'
import { demandKind } from './modules/demands/index.ts'
import { financeProductKind } from './modules/financing/index.ts'
import type { ListingKinds } from './modules/listings/index.ts'
import { mailLinks } from './modules/notifications/index.ts'
import { supplyKind } from './modules/supplies/index.ts'
import type { FileStore } from './ports/file-store.ts'
import type { LiveChannel } from './ports/live-channel.ts'
import type { Mailer } from './ports/mailer.ts'
import { loadSecretKey } from './secret-key.ts'
import { secretKeyVault } from './vault/index.ts'

export type Composition = { deps: Deps; database: Database; close(): Promise<void> }

export const listingKinds: ListingKinds = {
  supply: supplyKind,
  demand: demandKind,
  finance_product: financeProductKind,
}

const limits = {
  api: { statementTimeoutMs: 5_000, acquireTimeoutMs: 500 },
  worker: { statementTimeoutMs: 60_000, acquireTimeoutMs: 30_000 },
}

type ComposeOptions = {
  role: 'api' | 'worker'
  log?: Log
  /** False where a server's crash may forget the last half second of commits, because they are made again. */
  waitsForDisk?: boolean
  /** Shorter ones for tests. */
  jobTimings?: Partial<JobTimings>
}

/** Chooses the adapters: the one place that knows which technology stands behind a port. */
export async function compose(config: Config, options: ComposeOptions): Promise<Composition> {
  const url = config.databaseUrl
  if (url === undefined) throw new Error('DATABASE_URL is missing; only `npm start` brings its own PostgreSQL')
  if (config.redisUrl !== undefined) await assertUsableRedis(config.redisUrl)
  const log = options.log ?? createLog(config, `queqiao-${options.role}`)
  const applicationName = `queqiao-${options.role}`
  const database = openDatabase(
    {
      url,
      poolSize: config.databasePoolSize,
      applicationName,
      waitsForDisk: options.waitsForDisk,
      ...limits[options.role],
    },
    log,
  )
  const backend = config.redisUrl
    ? ({ kind: 'redis', url: config.redisUrl } as const)
    : ({ kind: 'postgres', connectionString: url } as const)
  const clock = await databaseClock(database.pool, log)
  if (options.role === 'api') await fillPool(database.pool)
  const jobs = await bullmqJobQueue({ backend, log, clock, ...(options.jobTimings && { timings: options.jobTimings }) })
  const webhooks = httpWebhookSender({ allowsHttp: config.webhooksAllowHttp })
  const live = liveChannelOf(config, { url, db: database.db, log })
  const mailer = mailerOf(config, { db: database.db, clock })
  const secretKey = await loadSecretKey(config)
  const deps: Deps = {
    db: database.db,
    clock,
    log,
    jobs,
    ...composeSearch(config, { db: database.db, clock, log }),
    webhooks,
    vault: secretKeyVault(secretKey, config.previousSecretKey),
    listingKinds,
    mailer,
    live,
    mailLinks: mailLinks({ publicUrl: config.http.publicUrl, secretKey }),
    files: fileStoreOf(config),
    attachmentLinks: attachmentLinks({ publicUrl: config.http.publicUrl, secretKey }),
  }
  const close = async () => {
    clock.stop()
    await jobs.close()
    await webhooks.close()
    await mailer.close()
    await live.close()
    await database.close()
  }
  return { deps, database, close }
}

function fileStoreOf({ s3, dataDir }: Config): FileStore {
  return s3 === undefined ? diskFileStore(join(dataDir, 'attachments')) : s3FileStore(s3)
}

function mailerOf({ mail: { smtpUrl, from } }: Config, { db, clock }: { db: Db; clock: Clock }): Mailer {
  return smtpUrl === undefined ? storedMailer({ db, clock, from }) : smtpMailer({ url: smtpUrl, clock, from })
}

function liveChannelOf({ redisUrl }: Config, { url, db, log }: { url: string; db: Db; log: Log }): LiveChannel {
  return redisUrl === undefined ? postgresLiveChannel({ url, db, log }) : redisLiveChannel({ url: redisUrl, log })
}
