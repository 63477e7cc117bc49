import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { isAlive } from '../../src/embedded/process-identity.ts'
import { quickSettings } from './cluster-settings.ts'
import { emptyDir, postmasterPid, query, removeUsedDir, usedDir } from './data-dir.ts'
import { buildSupervisor, kill, runSupervisor } from './supervisor-process.ts'

let bundle: string
beforeAll(async () => {
  bundle = await buildSupervisor()
})
afterAll(async () => {
  await rm(bundle, { force: true })
  await removeUsedDir()
})

async function supervise(dataDir: string, env?: Record<string, string>) {
  const supervisor = await runSupervisor(dataDir, env)
  onTestFinished(() => kill(supervisor.child))
  return supervisor
}

async function start(dataDir: string, settings: Record<string, string> = quickSettings) {
  const cluster = await startEmbeddedPostgres({ dataDir, settings })
  onTestFinished(() => cluster.stop())
  return cluster
}

describe('the server of a supervisor killed with -9', () => {
  it('lives on and is adopted by the next start, with everything in it', async () => {
    const dataDir = await usedDir()
    const supervisor = await supervise(dataDir)
    await query(supervisor.url ?? '', 'create table notes as select 7 as id')
    const pid = await postmasterPid(dataDir)
    await kill(supervisor.child)
    expect(await isAlive(pid)).toBe(true)

    const cluster = await start(dataDir)
    expect(cluster.adopted).toBe(true)
    expect(await postmasterPid(dataDir)).toBe(pid)
    expect(await query(cluster.url, 'select id from notes')).toEqual([{ id: 7 }])
    await cluster.stop()
    expect(await isAlive(pid)).toBe(false)
  })

  it('is stopped and replaced when it runs with unsafe settings or does not know our password', async () => {
    const dataDir = await usedDir()
    const supervisor = await supervise(dataDir)
    const pid = await postmasterPid(dataDir)
    await kill(supervisor.child)
    await rm(join(dataDir, 'secrets', 'postgres.json'))

    const cluster = await start(dataDir, {})
    expect(cluster.adopted).toBe(false)
    expect(await isAlive(pid)).toBe(false)
    expect(await query(cluster.url, "select current_setting('fsync') as fsync")).toEqual([{ fsync: 'on' }])
  })
})

describe('a pid file whose number belongs to another program', () => {
  it('does not keep the cluster from starting, and that program is left alone', async () => {
    const dataDir = await usedDir()
    const first = await start(dataDir)
    await first.stop()
    const lines = [process.pid, join(dataDir, 'postgres'), 1, first.port, '', '127.0.0.1', '', 'ready']
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`)
    const second = await start(dataDir)
    expect(second.adopted).toBe(false)
    expect(await isAlive(process.pid)).toBe(true)
  })
})

describe('two supervisors of one directory', () => {
  it('the second is refused while the first lives', async () => {
    const dataDir = await usedDir()
    await start(dataDir)
    expect((await supervise(dataDir)).code).toBe('DATA_DIR_IN_USE')
    const holder: unknown = JSON.parse(await readFile(join(dataDir, 'queqiao.lock'), 'utf8'))
    expect(holder).toMatchObject({ pid: process.pid })
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' })
  })
})

describe('the language of the shell', () => {
  it.each<Record<string, string>>([{}, { LANG: 'zh_CN.GB18030', LC_ALL: 'C', PGCLIENTENCODING: 'GBK', PGPORT: '1' }])(
    'makes no difference to the encoding: %j',
    async (env) => {
      const dataDir = await emptyDir()
      const supervisor = await supervise(dataDir, env)
      const rows = await query(
        supervisor.url ?? '',
        "select current_setting('server_encoding') as encoding, upper('é') as upper",
      )
      expect(rows).toEqual([{ encoding: 'UTF8', upper: 'É' }])
      await kill(supervisor.child)
      await start(dataDir)
    },
  )
})
