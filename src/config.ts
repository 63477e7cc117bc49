import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const flag = z.enum(['on', 'off', 'auto'])
const optionalUrl = (...protocols: string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
      error: `must be a URL that starts with ${protocols.join(' or ')}`,
    })
    .optional()

/** Long enough, and not what an example or a tired hand puts there: 32 random characters of hex have 14 different ones. */
const secret = z.string().superRefine((text, { addIssue }) => {
  const refuse = (message: string) => addIssue({ code: 'custom', message })
  const isPlaceholder =
    new Set(text).size < 8 ||
    /change.?(me|this)|replace.?(me|this)|placeholder|your.?(secret|key)|example|12345678/i.test(text)
  if (text.length < 32) refuse('must have at least 32 characters')
  else if (isPlaceholder) refuse('is easy to guess; make one with: openssl rand -base64 32')
})

/** Every environment variable that the product reads; .env.example documents them and a test keeps the two equal. */
export const environmentSchema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: optionalUrl('http:', 'https:'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: optionalUrl('postgres:', 'postgresql:'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(20),
  REDIS_URL: optionalUrl('redis:', 'rediss:'),
  MEILI_URL: optionalUrl('http:', 'https:'),
  MEILI_KEY: z.string().optional(),
  MEILI_TIMEOUT_MS: z.coerce.number().int().min(20).max(10_000).default(150),
  MEILI_EMBEDDER_URL: optionalUrl('http:', 'https:'),
  MEILI_EMBEDDER_KIND: z.enum(['openAi', 'rest']).default('openAi'),
  MEILI_EMBEDDER_MODEL: z.string().optional(),
  MEILI_EMBEDDER_KEY: z.string().optional(),
  S3_ENDPOINT: optionalUrl('http:', 'https:'),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  SMTP_URL: optionalUrl('smtp:', 'smtps:'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/u, 'must be an address, or "name <address>"')
    .default('鹊桥 <no-reply@localhost>'),
  DEMO: flag.default('auto'),
  SECRET_KEY: secret.optional(),
  SECRET_KEY_PREVIOUS: secret.optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(6000),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LOGIN_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(60),
  WEBHOOK_ALLOW_HTTP: z.enum(['on', 'off']).default('off'),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  WORKER_METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl('http:', 'https:'),
})

export type Config = {
  http: {
    port: number
    host: string
    publicUrl: string
    trustedProxies: number
    rateLimitPerMinute: number
    loginLimitPerMinute: number
  }
  dataDir: string
  databaseUrl: string | undefined
  databasePoolSize: number
  redisUrl: string | undefined
  /** Search on a Meilisearch server; without it in PostgreSQL. */
  meilisearch: MeilisearchConfig | undefined
  /** Attachments in a bucket; without it below the data directory. */
  s3: S3Config | undefined
  mail: { smtpUrl: string | undefined; from: string }
  demo: 'on' | 'off' | 'auto'
  secretKey: string | undefined
  previousSecretKey: string | undefined
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL']
  /** Webhooks also to http, any port and this machine: for development. */
  webhooksAllowHttp: boolean
  workerConcurrency: number
  /** Where a worker process shows its metrics; nowhere without it. */
  workerMetricsPort: number | undefined
  /** An OpenTelemetry collector that gets the spans; none without it. */
  otlpEndpoint: string | undefined
}

export type S3Config = {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

export type MeilisearchConfig = {
  url: string
  key: string | undefined
  timeoutMs: number
  /** For search by meaning as well: the server asks it for vectors. */
  embedder: { kind: 'openAi' | 'rest'; url: string; model: string | undefined; key: string | undefined } | undefined
}

/** A wrong or missing variable; start-up prints the message and exits with 78 (EX_CONFIG). */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads the environment. Pure: tests pass an object. The message names the variable and the rule, never the value. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(present)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new ConfigError(`Configuration is wrong. ${lines.join('; ')}`)
  }
  const env = parsed.data
  return Object.freeze({
    http: Object.freeze({
      port: env.PORT,
      host: env.HOST,
      publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, ''),
      trustedProxies: env.TRUSTED_PROXIES,
      rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
      loginLimitPerMinute: env.LOGIN_LIMIT_PER_MINUTE,
    }),
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redisUrl: env.REDIS_URL,
    meilisearch: meilisearchConfig(env),
    s3: s3Config(env),
    mail: Object.freeze({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM }),
    demo: env.DEMO,
    secretKey: env.SECRET_KEY,
    previousSecretKey: env.SECRET_KEY_PREVIOUS,
    logLevel: env.LOG_LEVEL,
    webhooksAllowHttp: env.WEBHOOK_ALLOW_HTTP === 'on',
    workerConcurrency: env.WORKER_CONCURRENCY,
    workerMetricsPort: env.WORKER_METRICS_PORT,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  })
}

function meilisearchConfig(env: z.infer<typeof environmentSchema>): MeilisearchConfig | undefined {
  if (env.MEILI_URL === undefined) return undefined
  const { MEILI_EMBEDDER_URL: url, MEILI_EMBEDDER_KIND: kind } = env
  const embedder = url && Object.freeze({ kind, url, model: env.MEILI_EMBEDDER_MODEL, key: env.MEILI_EMBEDDER_KEY })
  return Object.freeze({
    ...{ url: env.MEILI_URL, key: env.MEILI_KEY, timeoutMs: env.MEILI_TIMEOUT_MS },
    embedder: embedder || undefined,
  })
}

/** All four or none: half a configuration would quietly store files on this machine. */
function s3Config(env: z.infer<typeof environmentSchema>): S3Config | undefined {
  const named = {
    endpoint: env.S3_ENDPOINT,
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  }
  const { endpoint, bucket, accessKeyId, secretAccessKey } = named
  if (Object.values(named).every((value) => value === undefined)) return undefined
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) {
    const needed = 'S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY'
    throw new ConfigError(`Configuration is wrong. ${needed} belong together: set all or none.`)
  }
  return Object.freeze({ endpoint, bucket, region: env.S3_REGION, accessKeyId, secretAccessKey })
}
