import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, chown, lchown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { stagingPrefix as restorePrefix } from './backup/list-files.ts'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError, errorCode, explainFileError } from './errors.ts'
import { explainInitError } from './explain-init-error.ts'

const run = promisify(execFile)
const stagingPrefix = 'postgres.new-'

/** Without these flags and with no LANG, initdb makes an SQL_ASCII database that stores any bytes (measured). */
const initdbFlags = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--auth=scram-sha-256',
  '--username=postgres',
]

/** Makes the cluster when there is none. Returns whether it did. */
export async function ensureCluster(cluster: Cluster, password: string): Promise<boolean> {
  await removeLeftovers(cluster.dataDir)
  const version = await readDataVersion(cluster.dir)
  if (version === undefined) {
    await assertNoRestore(cluster.dataDir)
    await initialise(cluster, join(cluster.dataDir, `${stagingPrefix}${randomUUID()}`), password)
    return true
  }
  assertVersion(cluster, version)
  await takeOwnership(cluster)
  return false
}

/** A restore that was killed leaves its data beside: a new, empty database would hide that. */
async function assertNoRestore(dataDir: string): Promise<void> {
  const left = (await readdir(dataDir)).find((name) => name.startsWith(restorePrefix))
  if (left === undefined) return
  throw new EmbeddedPostgresError('RESTORE_UNFINISHED', {
    message: `A restore into ${dataDir} was not finished.`,
    fix: `run it again with --replace, or remove ${join(dataDir, left)} to begin with an empty database`,
  })
}

/**
 * An initdb whose supervisor was killed runs on for a moment: the new one has a directory of its own, and
 * what cannot be removed now goes at the next start.
 */
async function removeLeftovers(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith(stagingPrefix))
  for (const name of names) await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined)
}

/** Undefined when there is nothing yet (no directory, or an empty one). */
export async function readDataVersion(clusterDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw explainFileError(error, clusterDir)
  }
  const entries = await readdir(clusterDir).catch((): string[] => [])
  if (entries.length === 0) return undefined
  throw new EmbeddedPostgresError('DATA_FOREIGN', {
    message: `${clusterDir} holds files (${entries.slice(0, 3).join(', ')}) but no PostgreSQL cluster.`,
    fix: 'set DATA_DIR to an empty directory, or restore the whole directory from a backup',
  })
}

export function assertVersion(cluster: Pick<Cluster, 'dir' | 'binaries'>, version: string): void {
  const ours = cluster.binaries.majorVersion
  if (version === ours) return
  throw new EmbeddedPostgresError('DATA_VERSION', {
    message: `${cluster.dir} was written by PostgreSQL ${version}, but this release ships PostgreSQL ${ours}.`,
    fix: `with the release that wrote it run: pg_dump -Fc "<its database url>" -f queqiao.dump; then move ${cluster.dir} away, start this release once, and pg_restore --clean --if-exists -d "<new database url>" queqiao.dump`,
  })
}

/** Runs initdb beside and renames the result, so that a killed first start never looks like a cluster. */
async function initialise(cluster: Cluster, staging: string, password: string): Promise<void> {
  const target = join(staging, 'cluster')
  const passwordFile = join(staging, 'password')
  try {
    await mkdir(target, { recursive: true, mode: 0o700 })
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    for (const path of [staging, target, passwordFile]) {
      if (cluster.user) await chown(path, cluster.user.uid, cluster.user.gid)
    }
    await runInitdb(cluster, ['-D', target, `--pwfile=${passwordFile}`])
    await rename(target, cluster.dir)
  } catch (error) {
    throw explainInitError(error, cluster)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function runInitdb(cluster: Cluster, args: string[]): Promise<void> {
  const sync = cluster.settings.fsync === 'off' ? ['--no-sync'] : []
  await run(cluster.binaries.initdb, [...args, ...initdbFlags, ...sync], cluster.spawnOptions)
}

/** A backup restored by root belongs to root, and PostgreSQL refuses directories that others may enter. */
async function takeOwnership(cluster: Cluster): Promise<void> {
  const stats = await stat(cluster.dir)
  if (cluster.user && stats.uid === 0) await chownTree(cluster.dir, cluster.user)
  const ours = process.getuid?.()
  if (!cluster.user && ours !== undefined && stats.uid !== ours) {
    throw new EmbeddedPostgresError('DATA_DIR_NOT_WRITABLE', {
      message: `${cluster.dir} belongs to the OS user ${stats.uid}, but Queqiao runs as ${ours}.`,
      fix: `sudo chown -R ${ours} ${cluster.dataDir}   (or start Queqiao as the user who started it first)`,
    })
  }
  if ((stats.mode & 0o027) !== 0) await chmod(cluster.dir, 0o700)
}

async function chownTree(dir: string, user: { uid: number; gid: number }): Promise<void> {
  const entries = await readdir(dir, { recursive: true })
  await Promise.all(entries.map((entry) => lchown(join(dir, entry), user.uid, user.gid)))
  await chown(dir, user.uid, user.gid)
}
