import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { quickSettings } from './cluster-settings.ts'

const run = promisify(execFile)

/** An empty directory that the cluster's user may enter even when root made it; removed after the test. */
export async function emptyDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'queqiao-embedded-'))
  await chmod(dir, 0o711)
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

let used: Promise<string> | undefined

/** A copy of a directory that was started once: 0.1 s instead of the 0.6 s of a first start. */
export async function usedDir(): Promise<string> {
  used ??= makeUsedDir()
  const dir = join(await emptyDir(), 'data')
  await run('cp', ['-a', await used, dir])
  return dir
}

/** To be called by afterAll of every file that uses `usedDir`. */
export async function removeUsedDir(): Promise<void> {
  if (used) await rm(join(await used, '..'), { recursive: true, force: true })
}

async function makeUsedDir(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'queqiao-embedded-'))
  await chmod(parent, 0o711)
  const dataDir = join(parent, 'data')
  await (await startEmbeddedPostgres({ dataDir, settings: quickSettings })).stop()
  await rm(join(dataDir, 'postgres.port'))
  return dataDir
}

export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}
