import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { ConfigError, environmentSchema, readConfig } from '../src/config.ts'

describe('readConfig', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).toEqual({
      http: {
        port: 3000,
        host: '127.0.0.1',
        publicUrl: 'http://127.0.0.1:3000',
        trustedProxies: 0,
        rateLimitPerMinute: 6000,
        loginLimitPerMinute: 60,
      },
      dataDir: './data',
      databaseUrl: undefined,
      databasePoolSize: 20,
      redisUrl: undefined,
      mail: { smtpUrl: undefined, from: '鹊桥 <no-reply@localhost>' },
      demo: 'auto',
      secretKey: undefined,
      previousSecretKey: undefined,
      logLevel: 'info',
      webhooksAllowHttp: false,
      workerConcurrency: 4,
    })
  })

  it('takes an empty value for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', SECRET_KEY: '' })).toEqual(readConfig({}))
  })

  it('reads numbers and addresses, and drops the slash at the end of the public one', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://api.example.cn/',
      REDIS_URL: 'rediss://r',
    })
    expect(config.http).toMatchObject({ port: 8080, host: '0.0.0.0', publicUrl: 'https://api.example.cn' })
    expect(config.redisUrl).toBe('rediss://r')
  })

  it('builds the public address from host and port', () => {
    expect(readConfig({ PORT: '8080', HOST: 'queqiao.internal' }).http.publicUrl).toBe('http://queqiao.internal:8080')
  })

  it('knows a search server with and without an embedder, and none without an address', () => {
    expect(readConfig({ MEILI_KEY: 'k' }).meilisearch).toBeUndefined()
    const server = { MEILI_URL: 'http://search:7700', MEILI_KEY: 'k' }
    const plain = { url: 'http://search:7700', key: 'k', timeoutMs: 150, embedder: undefined }
    expect(readConfig(server).meilisearch).toEqual(plain)
    const url = 'https://embed.example/v1/embeddings'
    expect(readConfig({ ...server, MEILI_EMBEDDER_URL: url, MEILI_TIMEOUT_MS: '900' }).meilisearch).toEqual({
      ...{ ...plain, timeoutMs: 900 },
      embedder: { kind: 'openAi', url, model: undefined, key: undefined },
    })
  })

  it('ignores variables that are not ours', () => {
    expect(readConfig({ PATH: '/bin', npm_config_user_agent: 'npm' })).toEqual(readConfig({}))
  })

  it('cannot be changed afterwards', () => {
    const config = readConfig({})
    expect(() => Object.assign(config, { dataDir: '/elsewhere' })).toThrow(TypeError)
    expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError)
  })

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'api.example.cn'],
    ['PUBLIC_URL', 'ftp://example.cn'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['DATABASE_URL', 'host=localhost'],
    ['REDIS_URL', 'http://host'],
    ['MEILI_URL', 'host:7700'],
    ['MEILI_TIMEOUT_MS', '5'],
    ['MEILI_EMBEDDER_KIND', 'ollama'],
    ['DATABASE_POOL_SIZE', '1'],
    ['DEMO', 'yes'],
    ['SECRET_KEY', 'x'.repeat(31)],
    ['SECRET_KEY', 'x'.repeat(40)],
    ['SECRET_KEY', 'abcabcabc'.repeat(5)],
    ['SECRET_KEY', 'please-change-me-before-going-live!!'],
    ['SECRET_KEY', 'your_secret_key_of_at_least_32_characters'],
    ['SECRET_KEY_PREVIOUS', '12345678901234567890123456789012'],
    ['LOG_LEVEL', 'verbose'],
    ['WORKER_CONCURRENCY', '65'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
    expect(() => readConfig({ [name]: value })).toThrow(`${name}: `)
  })

  it('names every wrong variable at once and never shows a value', () => {
    const environment = { DATABASE_URL: 'mysql://u:hunter2@host/db', SECRET_KEY: 'hunter2', PORT: 'hunter2' }
    const message = messageOf(() => readConfig(environment))
    expect(message).toMatch(/PORT: .*DATABASE_URL: .*SECRET_KEY: /)
    expect(message).not.toContain('hunter2')
  })
})

describe('.env.example', () => {
  it('names exactly the variables that the product reads, each below a line that explains it', async () => {
    const lines = (await readFile('.env.example', 'utf8')).split('\n')
    const names = lines.filter((line) => /^[A-Z0-9_]+=/.test(line)).map((line) => line.split('=')[0])
    const unexplained = names.filter(
      (name) => !/^# \S.{15,}/.test(lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1] ?? ''),
    )

    expect(names).toEqual(Object.keys(environmentSchema.shape))
    expect(unexplained).toEqual([])
  })

  it('shows the defaults', async () => {
    const lines = (await readFile('.env.example', 'utf8')).split('\n').filter((line) => /^[A-Z0-9_]+=/.test(line))
    const environment = Object.fromEntries(lines.map((line) => line.split('=', 2)))

    expect(readConfig(environment)).toEqual(readConfig({}))
    const shown = Object.entries(environment).filter(([, value]) => value !== '')
    const defaults = Object.entries(environmentSchema.parse({})).map(([name, value]) => [name, String(value)])
    expect(shown).toEqual(defaults)
  })
})

function messageOf(fn: () => unknown): string {
  try {
    fn()
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}
