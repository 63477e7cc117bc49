import { randomUUID } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { migrateJobQueue } from '../../src/adapters/jobs/bullmq.ts'
import { migrate } from '../../src/db/migrate.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { isAlive, isPostgresOf } from '../../src/embedded/process-identity.ts'

export type RunningCluster = { adminUrl: string; templateName: string; stop(): Promise<void> }

export const temporaryPrefix = 'queqiao-test-'
const templateName = 'queqiao_template'
/** Durability is worth nothing for data that dies with the run, and costs about half of its time. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** One cluster with a migrated template database that test files clone (test/support/db.ts). */
export async function startTestCluster(dataDir: string): Promise<RunningCluster> {
  await removeLeftovers(dirname(dataDir))
  const cluster = await startEmbeddedPostgres({ dataDir, settings })
  const stop = async () => {
    await cluster.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await buildTemplate(cluster.adminUrl)
    return { adminUrl: cluster.adminUrl, templateName, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The same server, another database. */
export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

async function buildTemplate(adminUrl: string): Promise<void> {
  const url = databaseUrl(adminUrl, templateName)
  await runStatements(adminUrl, [`create database ${templateName}`])
  await migrate(url, 'migrations')
  await migrateJobQueue(url)
  await runStatements(url, [keepRows])
  // No connections at all: one would make every clone fail.
  await runStatements(adminUrl, [`alter database ${templateName} is_template true allow_connections false`])
}

/** Copies what migrations put into tables to the schema `pristine`, from where `reset()` restores it. */
const keepRows = `
  create schema pristine;
  do $$
  declare found record; is_filled boolean;
  begin
    for found in select schemaname, tablename from pg_tables
                 where schemaname !~ '^pg_' and schemaname not in ('information_schema', 'pristine') loop
      execute format('select exists (select from %I.%I)', found.schemaname, found.tablename) into is_filled;
      if is_filled then
        execute format('create table pristine.%I as table %I.%I',
                       found.schemaname || '.' || found.tablename, found.schemaname, found.tablename);
      end if;
    end loop;
  end $$`

async function runStatements(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Stops the clusters of runs that were killed before their teardown, and removes their directories. */
async function removeLeftovers(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(temporaryPrefix))
  for (const name of names) {
    const owner = Number(name.slice(temporaryPrefix.length).split('-')[0])
    if (await isAlive(owner)) continue
    await stopPostmaster(join(parent, name, 'postgres'))
    await rm(join(parent, name), { recursive: true, force: true })
  }
}

async function stopPostmaster(clusterDir: string): Promise<void> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  if (Number.isNaN(pid) || !(await isPostgresOf(pid, clusterDir))) return
  process.kill(pid, 'SIGQUIT')
  for (let round = 0; round < 50 && (await isAlive(pid)); round += 1) await sleep(100)
}

/** A directory that carries our process id, so that a later run can tell the leftovers of a killed one. */
export function temporaryDir(parent: string): string {
  return join(parent, `${temporaryPrefix}${process.pid}-${randomUUID().slice(0, 8)}`)
}
