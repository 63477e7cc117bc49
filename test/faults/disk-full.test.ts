import { mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ApiServer, startApi } from '../../src/boot/api-server.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { readConfig } from '../../src/config.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { databaseUrl } from '../support/cluster.ts'
import { silentLog } from '../support/db.ts'
import { bodyOf, given } from '../support/given.ts'
import { newAccessToken } from '../support/harness.ts'
import { freePort } from '../support/product.ts'
import { lookForDamage } from './full-disk/damage.ts'
import { fill, mountSmallDisk } from './full-disk/small-disk.ts'
import { sized } from './size.ts'
import { secretKey } from './workers.ts'

const fullMs = sized({ short: 4_000, long: 60_000 })
const disk = mountSmallDisk()
const [dataDir, uploads] = [join(disk.path, 'data'), join(disk.path, 'uploads')]
afterAll(disk.remove)

describe.skipIf(!disk.isMounted)('FT-8: a disk that is full', () => {
  let postgres: EmbeddedPostgres
  let database: Database
  let api: ApiServer
  let owner: Principal
  let token = ''

  beforeAll(async () => {
    mkdirSync(uploads)
    postgres = await startEmbeddedPostgres({ dataDir })
    await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
    const settings = { SECRET_KEY: secretKey, DATABASE_URL: postgres.url, DATABASE_POOL_SIZE: '6', DATA_DIR: dataDir }
    const config = readConfig({ ...settings, PORT: String(await freePort()), RATE_LIMIT_PER_MINUTE: '1000000' })
    api = await startApi(config, { log: silentLog, drainDelayMs: 0, hasBackpressure: false })
    const limits = { poolSize: 2, statementTimeoutMs: 5_000, acquireTimeoutMs: 5_000, applicationName: 'test' }
    database = openDatabase({ url: postgres.url, ...limits }, silentLog)
    owner = await given({ db: database.db, clock: systemClock }).organisation()
    token = await newAccessToken({ db: database.db, clock: systemClock }, owner)
  })
  afterEach(() => vi.unstubAllEnvs())
  afterAll(async () => {
    await api.stop()
    await database.close()
    await postgres.stop()
  })

  type Answer = { status: number; type: string | null; id: string; code: string; data: { id: string }[] }
  const ask = async (path: string, body?: { type: string; content: string | Buffer }): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': body.type }) }
    const sent = body && { method: 'POST', body: new Uint8Array(Buffer.from(body.content)) }
    const answer = await fetch(`${api.url}${path}`, { headers, ...sent })
    return { ...((await answer.json()) as Answer), status: answer.status, type: answer.headers.get('content-type') }
  }
  const fields = () => bodyOf(demandKind, { market: owner.market, problem: '气'.repeat(2_000) })
  const write = () => ask('/v1/demands', { type: 'application/json', content: JSON.stringify(fields()) })
  /** Other bytes for each number; the same number is the same file. */
  const upload = (to: string, n: number) => {
    const query = `fileName=${n}.txt&tier=${n % 2 === 0 ? 'member' : 'confidential'}`
    const content = `${n} ${'气密性检测 '.repeat(20_000)}`
    return ask(`/v1/demands/${to}/attachments?${query}`, { type: 'text/plain', content })
  }
  const textOf = ({ status, code, type }: Answer) => `${status} ${code} ${type?.split(';')[0]}`

  it(`refuses writes and files with 503 for ${fullMs / 1000} s, goes on reading, heals by itself and loses nothing`, async () => {
    const refusals = { writes: new Set<string>(), uploads: new Set<string>() }
    const [stored, files]: [string[], number[]] = [[], []]
    const writeAndNote = async () => {
      const answer = await write()
      if (answer.status === 201) stored.push(answer.id)
      else refusals.writes.add(textOf(answer))
      return answer.status
    }
    const uploadAndNote = async (n: number) => {
      const answer = await upload(stored[0] ?? '', n)
      if (answer.status === 201) files.push(n)
      else refusals.uploads.add(textOf(answer))
      return answer.status
    }
    expect(await writeAndNote()).toBe(201)
    expect([await uploadAndNote(0), await uploadAndNote(1)]).toEqual([201, 201])

    const ballast = await fill(disk.path)
    let sent = 2
    const tryAll = async (turn: number) => {
      // At first the database has room in its log and the file has none; then neither. Every other file finds no place to be received.
      if (turn % 15 === 0) {
        vi.stubEnv('TMPDIR', sent % 4 < 2 ? uploads : undefined)
        expect(await uploadAndNote(sent++)).toBe(503)
      }
      await writeAndNote()
      if (turn % 10 === 0) expect((await ask('/v1/demands')).status).toBe(200)
    }
    const until = performance.now() + fullMs
    for (let turn = 0; turn < 300 || performance.now() < until; turn += 1) {
      await tryAll(turn)
      if (refusals.writes.size > 0) await sleep(20)
    }
    expect([...refusals.writes]).toEqual(['503 UNAVAILABLE application/problem+json'])
    expect([...refusals.uploads]).toEqual(['503 UNAVAILABLE application/problem+json'])
    const shown = async () => (await ask(`/v1/demands/${stored[0]}/attachments`)).data.map(({ id }) => id)
    expect((await shown()).length).toBe(2)
    expect(await filesBelow(join(dataDir, 'attachments'))).toEqual((await shown()).sort())
    expect(await readdir(uploads)).toEqual([])

    await rm(ballast)
    await vi.waitFor(async () => expect(await writeAndNote()).toBe(201), { timeout: 10_000, interval: 100 })
    // Those that were refused, sent again.
    for (let n = 2; n < 6; n += 1) expect(await uploadAndNote(n)).toBe(201)
    expect((await shown()).length).toBe(files.length)
    expect(await filesBelow(join(dataDir, 'attachments'))).toEqual((await shown()).sort())

    const { rows } = await database.pool.query('select count(*)::int as count from listings')
    expect(rows).toEqual([{ count: stored.length }])
    const { faults, tables, indexes } = await lookForDamage(databaseUrl(postgres.adminUrl, 'queqiao'))
    expect(faults).toEqual([])
    expect(Math.min(tables, indexes), `${tables} tables and ${indexes} indexes were looked at`).toBeGreaterThan(100)
  })
})

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()
}
