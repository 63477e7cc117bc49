import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { isAlive } from '../../src/embedded/process-identity.ts'
import { quickSettings } from './cluster-settings.ts'
import { emptyDir, postmasterPid, query, removeUsedDir, usedDir } from './data-dir.ts'

afterAll(removeUsedDir)

async function start(dataDir: string, settings: Record<string, string> = quickSettings) {
  const cluster = await startEmbeddedPostgres({ dataDir, settings })
  onTestFinished(() => cluster.stop())
  return cluster
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8)
}

describe('a first start', () => {
  it('gives a durable UTF-8 database to a role that is no superuser, and keeps its files closed', async () => {
    const dataDir = join(await emptyDir(), 'made', 'by', 'the start')
    const cluster = await start(dataDir, {})
    const [facts] = await query(
      cluster.url,
      `select current_database() as database, current_user as role, current_setting('server_encoding') as encoding,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, length('鹊桥') as length,
              (select rolsuper or rolbypassrls or rolcreatedb from pg_roles where rolname = current_user) as strong`,
    )
    expect(facts).toEqual({
      database: 'queqiao',
      role: 'queqiao',
      encoding: 'UTF8',
      fsync: 'on',
      commit: 'on',
      length: 2,
      strong: false,
    })
    expect(await modeOf(join(dataDir, 'secrets'))).toBe('700')
    expect(await modeOf(join(dataDir, 'secrets', 'postgres.json'))).toBe('600')
    expect(await modeOf(join(dataDir, 'postgres.log'))).toBe('600')
    expect(await modeOf(join(dataDir, 'postgres'))).toBe('700')
  })

  it('listens for passwords on 127.0.0.1 alone, and lets the application create the extensions it needs', async () => {
    const cluster = await start(await usedDir())
    const [facts] = await query(
      cluster.adminUrl,
      `select current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets,
              (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as methods`,
    )
    expect(facts).toEqual({ listens: '127.0.0.1', sockets: '', methods: 'scram-sha-256' })
    const url = new URL(cluster.url)
    url.password = 'wrong'
    await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await query(cluster.url, 'create extension pg_trgm; create extension unaccent; create extension pgcrypto')
    expect(await query(cluster.url, "select similarity('bridge', 'bridges') > 0.5 as found")).toEqual([{ found: true }])
  })
})

describe('a later start', () => {
  it('keeps data and port, and clears away what a killed first start left', async () => {
    const dataDir = await usedDir()
    await mkdir(join(dataDir, 'postgres.new-killed', 'cluster'), { recursive: true })
    const first = await start(dataDir)
    await query(first.url, "create table notes as select '负极材料' as text")
    await first.stop()
    const second = await start(dataDir)
    expect(second.port).toBe(first.port)
    expect(second.adopted).toBe(false)
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.new'))).toEqual([])
    expect(await query(second.url, 'select text from notes')).toEqual([{ text: '负极材料' }])
  })

  it('keeps the data when the password file was lost, and sets new passwords', async () => {
    const dataDir = await usedDir()
    const first = await start(dataDir)
    await query(first.url, 'create table notes as select 1 as id')
    await first.stop()
    await rm(join(dataDir, 'secrets'), { recursive: true })
    const second = await start(dataDir)
    expect(second.url).not.toBe(first.url)
    expect(await query(second.url, 'select id from notes')).toEqual([{ id: 1 }])
  })

  it('takes another port when the remembered one is taken', async () => {
    const dataDir = await usedDir()
    const other = await start(await usedDir())
    await writeFile(join(dataDir, 'postgres.port'), String(other.port))
    const cluster = await start(dataDir)
    expect(cluster.port).not.toBe(other.port)
    expect(await query(cluster.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('stop', () => {
  it('leaves no process and no lock, and may be called twice', async () => {
    const dataDir = await usedDir()
    const cluster = await start(dataDir)
    const pid = await postmasterPid(dataDir)
    expect(await isAlive(pid)).toBe(true)
    await Promise.all([cluster.stop(), cluster.stop()])
    expect(await isAlive(pid)).toBe(false)
    expect(await readdir(dataDir)).not.toContain('queqiao.lock')
  })
})

describe('a running cluster', () => {
  it('comes back on the same port when the system kills its server', async () => {
    const dataDir = await usedDir()
    const cluster = await start(dataDir)
    const pid = await postmasterPid(dataDir)
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await postmasterPid(dataDir)).not.toBe(pid), { timeout: 8_000, interval: 50 })
    await vi.waitFor(() => query(cluster.url, 'select 1'), { timeout: 8_000, interval: 50 })
    await cluster.stop()
    expect(await isAlive(await postmasterPid(dataDir).catch(() => pid))).toBe(false)
  })
})

describe('a start that cannot succeed', () => {
  it('refuses unsafe or wrong settings with the reason, and leaves no process behind', async () => {
    const dataDir = await usedDir()
    const wrong = { ...quickSettings, shared_buffers: 'much' }
    await expect(startEmbeddedPostgres({ dataDir, settings: wrong })).rejects.toMatchObject({
      code: 'START_FAILED',
      message: expect.stringContaining('shared_buffers'),
    })
    await writeFile(join(dataDir, 'postgres', 'postgresql.auto.conf'), 'fsync = off\n')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      code: 'UNSAFE_SETTINGS',
      message: expect.stringContaining('fsync is off'),
    })
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid')
    expect(await readdir(dataDir)).not.toContain('queqiao.lock')
  })

  it('refuses data of another PostgreSQL version and leaves it as it is', async () => {
    const dataDir = await emptyDir()
    await mkdir(join(dataDir, 'postgres'))
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '17\n')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      code: 'DATA_VERSION',
      message: expect.stringContaining('PostgreSQL 17'),
      fix: expect.stringContaining('pg_dump'),
    })
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(['PG_VERSION'])
    expect(await readdir(dataDir)).not.toContain('queqiao.lock')
  })

  it('never initialises over files that are not a cluster', async () => {
    const dataDir = await emptyDir()
    await mkdir(join(dataDir, 'postgres'))
    await writeFile(join(dataDir, 'postgres', 'thesis.txt'), 'years of work')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: 'DATA_FOREIGN' })
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(['thesis.txt'])
  })

  it('names a DATA_DIR that is no directory, and a damaged password file', async () => {
    const dataDir = await emptyDir()
    const file = join(dataDir, 'file')
    await writeFile(file, '')
    await expect(startEmbeddedPostgres({ dataDir: file })).rejects.toMatchObject({
      code: 'DATA_DIR_NOT_WRITABLE',
      message: expect.stringContaining(file),
    })
    await mkdir(join(dataDir, 'secrets'))
    const secrets = join(dataDir, 'secrets', 'postgres.json')
    await writeFile(secrets, '{"superuserPassword":')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      code: 'SECRETS_INVALID',
      message: expect.stringContaining(secrets),
    })
  })
})
