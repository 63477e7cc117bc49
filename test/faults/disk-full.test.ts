import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ApiServer, startApi } from '../../src/boot/api-server.ts'
import { prepareDatabase } from '../../src/boot/prepare-database.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { silentLog } from '../support/db.ts'
import { bodyOf, given } from '../support/given.ts'
import { newAccessToken } from '../support/harness.ts'
import { freePort } from '../support/product.ts'
import { sized } from './size.ts'
import { secretKey } from './workers.ts'

const fullMs = sized({ short: 4_000, long: 60_000 })
const directory = mkdtempSync(join(tmpdir(), 'queqiao-full-'))
const isMounted = mountSmallDisk(directory)
afterAll(() => {
  if (isMounted) spawnSync('umount', ['--lazy', directory])
  rmSync(directory, { recursive: true, force: true })
})

describe.skipIf(!isMounted)('FT-8: a disk that is full', () => {
  let postgres: EmbeddedPostgres
  let api: ApiServer
  let owner: Principal
  let token = ''

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ dataDir: join(directory, 'data') })
    await prepareDatabase(postgres.url, { hasJobsInPostgres: true })
    const settings = { SECRET_KEY: secretKey, DATABASE_URL: postgres.url, DATABASE_POOL_SIZE: '6' }
    const config = readConfig({ ...settings, PORT: String(await freePort()), RATE_LIMIT_PER_MINUTE: '1000000' })
    api = await startApi(config, { log: silentLog, drainDelayMs: 0, hasBackpressure: false })
    const limits = { poolSize: 2, statementTimeoutMs: 5_000, acquireTimeoutMs: 5_000, applicationName: 'test' }
    const { db, close } = openDatabase({ url: postgres.url, ...limits }, silentLog)
    owner = await given({ db, clock: systemClock }).organisation()
    token = await newAccessToken({ db, clock: systemClock }, owner)
    await close()
  })
  afterAll(async () => {
    await api.stop()
    await postgres.stop()
  })

  const authorization = () => ({ authorization: `Bearer ${token}` })
  const read = () => fetch(`${api.url}/v1/demands`, { headers: authorization() })
  const write = () =>
    fetch(`${api.url}/v1/demands`, {
      ...{ method: 'POST', headers: { ...authorization(), 'content-type': 'application/json' } },
      body: JSON.stringify(bodyOf(demandKind, { market: owner.market, problem: '气'.repeat(2_000) })),
    })

  it(`refuses writes with 503 for ${fullMs / 1000} s, goes on reading, heals by itself and loses nothing`, async () => {
    const stored: string[] = []
    const refusals = new Set<string>()
    const writeAndNote = async () => {
      const answer = await write()
      const { id, code } = (await answer.json()) as { id: string; code: string }
      if (answer.status === 201) stored.push(id)
      else refusals.add(`${answer.status} ${code}`)
      return answer.status
    }
    expect(await writeAndNote()).toBe(201)
    const ballast = await fill(directory)
    const until = performance.now() + fullMs
    for (let n = 0; n < 300 || performance.now() < until; n += 1) {
      await writeAndNote()
      if (n % 10 === 0) expect((await read()).status).toBe(200)
      if (refusals.size > 0) await sleep(20)
    }
    expect([...refusals]).toEqual(['503 UNAVAILABLE'])
    await rm(ballast)
    await vi.waitFor(async () => expect(await writeAndNote()).toBe(201), { timeout: 10_000, interval: 100 })

    const admin = new pg.Client({ connectionString: postgres.adminUrl.replace(/\/postgres$/, '/queqiao') })
    await admin.connect()
    try {
      const { rows } = await admin.query('select count(*)::int as count from listings')
      expect(rows).toEqual([{ count: stored.length }])
      expect(await damageOf(admin)).toEqual([])
    } finally {
      await admin.end()
    }
  })
})

/** A disk of 220 MB for a cluster of 70; where nobody may mount one, the test cannot run. */
function mountSmallDisk(path: string): boolean {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=220m', 'tmpfs', path])
  if (status === 0) chmodSync(path, 0o711)
  else process.stderr.write('skipped: the test of a full disk needs the right to mount a tmpfs (root)\n')
  return status === 0
}

/** Leaves not one free byte. @returns the file to delete. */
async function fill(path: string): Promise<string> {
  const ballast = join(path, 'ballast')
  const file = await open(ballast, 'w')
  try {
    for (const size of [1_048_576, 4_096]) {
      const zeros = Buffer.alloc(size)
      while (
        await file.write(zeros).then(
          ({ bytesWritten }) => bytesWritten === size,
          () => false,
        )
      );
    }
  } finally {
    await file.close()
  }
  expect(execFileSync('df', ['--output=avail', path]).toString()).toMatch(/\n\s*0\s*$/)
  return ballast
}

/** What PostgreSQL's own checker says against tables and indexes. */
async function damageOf(admin: pg.Client): Promise<unknown[]> {
  await admin.query('create extension if not exists amcheck')
  const { rows } = await admin.query(`
    select c.relname, v.msg from pg_class c join pg_namespace n on n.oid = c.relnamespace, verify_heapam(c.oid) v
    where c.relkind = 'r' and n.nspname in ('public', 'bullmq')`)
  await admin.query(`
    select bt_index_check(c.oid, true) from pg_class c join pg_am a on a.oid = c.relam
    join pg_namespace n on n.oid = c.relnamespace
    where a.amname = 'btree' and c.relkind = 'i' and n.nspname in ('public', 'bullmq')`)
  return rows
}
