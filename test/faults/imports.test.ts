import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { listingKinds } from '../../src/compose.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { resumeImports } from '../../src/modules/imports/resume-imports.ts'
import { startImport } from '../../src/modules/imports/start-import.ts'
import { secretKeyVault } from '../../src/vault/index.ts'
import { useTestDatabase } from '../support/db.ts'
import { given } from '../support/given.ts'
import { sized } from './size.ts'
import { letLeasesEnd, secretKey, useWorkers } from './workers.ts'

const database = useTestDatabase()
const startWorker = useWorkers()
const { rows, kills } = sized({ short: { rows: 2_500, kills: 2 }, long: { rows: 100_000, kills: 10 } })

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'queqiao-import-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

it(`FT-7: a file of ${rows} rows and ${kills} kills of the worker: each row once, and the report complete`, async () => {
  const { db, pool } = database
  const deps = { db, clock: systemClock, vault: secretKeyVault(secretKey), listingKinds, live: memoryLiveChannel() }
  const made = given(deps)
  await made.market({ publishOnSubmit: false })
  const owner = await made.organisation({ kind: 'university' })
  const path = join(directory, 'supplies.csv')
  const text = csv()
  await writeFile(path, text)
  const file = { path, sizeBytes: Buffer.byteLength(text), sha256: '0'.repeat(64) }
  const input = { file, kind: 'supply', mode: 'upsert', shouldSubmit: false, fileName: 'supplies.csv' } as const
  await startImport(deps, owner, input)

  const progress = async () => {
    const { rows: found } = await pool.query<{ done: number; state: string; created: number; failed: number }>(`
      select processed_rows as done, state, created_rows as created, failed_rows as failed from imports`)
    return found[0] ?? { done: 0, state: '', created: 0, failed: 0 }
  }
  const start = () => startWorker({ DATABASE_URL: database.url })
  let worker = await start()
  for (let kill = 1; kill <= kills; kill += 1) {
    const share = Math.floor((rows * kill) / (kills + 1))
    await vi.waitUntil(() => goesOn().then((done) => done >= share), { timeout: 600_000, interval: 20 })
    await worker.kill()
    await letLeasesEnd(pool)
    worker = await start()
  }
  await vi.waitUntil(() => goesOn().then((done) => done >= rows), { timeout: 600_000, interval: 200 })
  await vi.waitFor(async () => {
    expect(await progress()).toEqual({ done: rows, state: 'finished', created: rows, failed: 0 })
  })
  const { rows: counted } = await pool.query(`
    select count(*)::int as listings, count(distinct external_id)::int as ids,
      (select count(*)::int from listing_changes) as changes from listings`)
  expect(counted).toEqual([{ listings: rows, ids: rows, changes: rows }])

  /** The sweeper of each minute takes up what was killed twice, which the queue gives up. */
  async function goesOn(): Promise<number> {
    await pool.query(
      `update imports set updated_at = now() - interval '5 min' where updated_at < now() - interval '8 s'`,
    )
    await resumeImports(deps)
    return (await progress()).done
  }
})

function csv(): string {
  const header = '外部编号,成果名称,技术领域,合作方式,成熟度,价格（万元）'
  const lines = Array.from({ length: rows }, (_, n) => `N-${n},高真空压铸技术${n}号,新材料,普通许可,7,面议`)
  return [header, ...lines].join('\r\n')
}
