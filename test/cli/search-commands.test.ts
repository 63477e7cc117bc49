import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleForNode } from '../support/bundle.ts'
import { testClock } from '../support/clock.ts'
import { useTestDatabase } from '../support/db.ts'
import { given } from '../support/given.ts'
import { type MeilisearchServer, meilisearchServer } from '../support/meilisearch/server.ts'

const database = useTestDatabase()
const bundles: Record<string, string> = {}
let server: MeilisearchServer

beforeAll(async () => {
  server = await meilisearchServer()
  for (const name of ['reindex', 'check-search']) bundles[name] = await bundleForNode(`src/cli/${name}.ts`)
  const market = given({ db: database.db, clock: testClock() })
  await market.publishedSupply()
  await market.publishedDemand()
})
afterAll(async () => {
  await server.close()
  for (const file of Object.values(bundles)) await rm(file)
})

type Ended = { code: number; output: string }

/** Runs a command as npm does, with the server unless told otherwise. */
function run(name: string, args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { PATH: process.env.PATH, DATABASE_URL: database.url, MEILI_URL: server.url, LOG_LEVEL: 'silent' }
  const options = { env: { ...env, ...environment }, timeout: 20_000 }
  return new Promise((resolve) => {
    execFile(process.execPath, [bundles[name] ?? '', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` })
    })
  })
}

describe('npm run reindex and npm run search:check', () => {
  it('name what is not there, build it with progress, and find nothing wrong then', async () => {
    const before = await run('check-search', [])
    expect(before.code).toBe(1)
    expect(before.output).toContain('postgres: 2 checked, 2 missing, 0 stale, 0 orphans, 0 repaired')
    expect(before.output).toContain('meilisearch: not ready; npm run reindex -- --engine meilisearch')
    const built = await run('reindex', ['--engine', 'meilisearch'])
    expect(built).toEqual({
      code: 0,
      output: 'meilisearch: 2 listings\nmeilisearch: done, 2 written, 0 changed meanwhile\n',
    })
    const repaired = await run('check-search', ['--repair'])
    expect(repaired.code).toBe(0)
    expect(repaired.output).toContain('postgres: 2 checked, 2 missing, 0 stale, 0 orphans, 2 repaired')
    expect(await run('check-search', [])).toMatchObject({ code: 0 })
  }, 60_000)

  it('build every engine unless told which', async () => {
    const { code, output } = await run('reindex', [])
    expect(code).toBe(0)
    expect(output).toMatch(/postgres: done, 2 written[\s\S]*meilisearch: done, 2 written/)
  }, 30_000)

  it.each([
    ['an engine that is not there', ['--engine', 'elastic'], {}, 1, 'usage: npm run reindex'],
    ['an engine that is not configured', ['--engine', 'meilisearch'], { MEILI_URL: '' }, 1, 'MEILI_URL'],
    ['an option that is not there', ['--all'], {}, 1, 'usage: npm run reindex'],
    ['no database', [], { DATABASE_URL: '' }, 78, 'DATABASE_URL is missing'],
    ['a wrong address', [], { MEILI_URL: 'ftp://x' }, 78, 'MEILI_URL: must be a URL'],
  ] as const)('end with a message for %s', async (_, args, environment, code, message) => {
    const ended = await run('reindex', [...args], environment)
    expect(ended.code).toBe(code)
    expect(ended.output).toContain(message)
  })
})
