import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '../../kernel/clock.ts'
import { EmbeddedPostgresError, explainFileError } from '../errors.ts'
import { assertVersion } from '../initialise.ts'
import { locateBinaries } from '../platform-binaries.ts'
import { readPostmasterState } from '../postmaster-pid.ts'
import { acquireSupervisorLock } from '../supervisor-lock.ts'
import { type BackupReport, checkBackup } from './check-backup.ts'
import { isPassing, replacedPrefix, stagingPrefix } from './list-files.ts'
import type { ArchiveEntry } from './read-archive.ts'

export type RestoreOptions = {
  dataDir: string
  from: string
  /** Lets it take the place of what is there, which is kept beside it. */
  mayReplace: boolean
  clock: Clock
}

/** `keptAs` is where the former content of DATA_DIR is now. */
export type RestoreReport = BackupReport & { keptAs: string | undefined }

/**
 * Puts a backup into DATA_DIR. Everything is unpacked beside and compared with its checksums before the first file takes its
 * place, and nothing is ever deleted: what was there moves to `DATA_DIR/replaced-<time>`, if asked for. The next start
 * brings the cluster from the log to the moment at which the backup ended.
 *
 * @throws EmbeddedPostgresError RESTORE_REFUSED when DATA_DIR holds data or is in use, BACKUP_DAMAGED, DATA_VERSION, NO_SPACE.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const dataDir = resolve(options.dataDir)
  try {
    const isNew = (await mkdir(dataDir, { recursive: true })) !== undefined
    if (isNew) await chmod(dataDir, 0o711)
    const lock = await acquireSupervisorLock(dataDir)
    try {
      return await restoreInto(dataDir, options)
    } finally {
      await lock.release()
    }
  } catch (error) {
    throw explainFileError(error, dataDir)
  }
}

async function restoreInto(dataDir: string, { from, mayReplace, clock }: RestoreOptions): Promise<RestoreReport> {
  const names = await readdir(dataDir)
  const present = names.filter((name) => !isPassing(name))
  await assertMayReplace(dataDir, { present, mayReplace })
  for (const leftover of names.filter((name) => name.startsWith(stagingPrefix))) {
    await rm(join(dataDir, leftover), { recursive: true, force: true })
  }
  const staging = join(dataDir, `${stagingPrefix}${randomUUID()}`)
  try {
    await mkdir(staging, { mode: 0o700 })
    const report = await checkBackup(from, (entry) => unpack(entry, staging))
    assertVersion({ dir: from, binaries: await locateBinaries() }, report.postgresVersion)
    const keptAs = present.length > 0 ? join(dataDir, `${replacedPrefix}${stamp(clock)}`) : undefined
    if (keptAs !== undefined) await moveAll(dataDir, { to: keptAs, names: present })
    await moveAll(staging, { to: dataDir, names: clusterLast(await readdir(staging)) })
    await rmdir(staging)
    return { ...report, keptAs }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

async function assertMayReplace(
  dataDir: string,
  { present, mayReplace }: { present: readonly string[]; mayReplace: boolean },
): Promise<void> {
  if ((await readPostmasterState(join(dataDir, 'postgres'))).kind === 'running') {
    throw refused(
      `a database is running in ${dataDir}`,
      'stop npm start; if it was killed, start it once more and stop it',
    )
  }
  if (present.length === 0 || mayReplace) return
  throw refused(
    `${dataDir} is not empty (${present.slice(0, 3).join(', ')})`,
    'restore into an empty DATA_DIR, or add --replace: what is there is then kept beside it',
  )
}

/** Directories come before what is in them. The modes stay; the owner is whoever starts the product next. */
async function unpack(entry: ArchiveEntry, staging: string): Promise<void> {
  const path = join(staging, entry.path)
  if (entry.kind === 'directory') await mkdir(path, { recursive: true, mode: 0o700 })
  else await pipeline(entry.content, createWriteStream(path, { mode: entry.mode & 0o700, flags: 'wx', flush: true }))
}

/** So that a restore that is killed between two moves never leaves a cluster without its secrets. */
function clusterLast(names: readonly string[]): string[] {
  return [...names].sort((a, b) => Number(a === 'postgres') - Number(b === 'postgres'))
}

async function moveAll(from: string, { to, names }: { to: string; names: readonly string[] }): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const name of names) await rename(join(from, name), join(to, name))
}

function stamp(clock: Clock): string {
  return clock.now().toISOString().replaceAll(':', '-').slice(0, 19)
}

function refused(reason: string, fix: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError('RESTORE_REFUSED', { message: `Nothing was restored: ${reason}.`, fix })
}
