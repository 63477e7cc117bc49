import { createWriteStream } from 'node:fs'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type pg from 'pg'
import type { Clock } from '../../kernel/clock.ts'
import { adminAddress, withConnection } from '../connect.ts'
import { EmbeddedPostgresError, explainFileError } from '../errors.ts'
import { locateBinaries } from '../platform-binaries.ts'
import { readPostmasterState } from '../postmaster-pid.ts'
import { readSecrets } from '../secrets-file.ts'
import { startEmbeddedPostgres } from '../start-embedded.ts'
import { beginBaseBackup } from './base-backup.ts'
import { type BackupReport, checkBackup } from './check-backup.ts'
import { type Listed, listClusterFiles, listOtherFiles, listWalFiles } from './list-files.ts'
import { type FileSum, type Manifest, manifestPath } from './manifest.ts'
import { type AddToArchive, type Source, writeArchive } from './write-archive.ts'

export type BackupOptions = { dataDir: string; to: string; clock: Clock; log?: (message: string) => void }

/**
 * Copies DATA_DIR into one file, `.tar.gz`, while the product works: the cluster as of one moment, then everything that is kept
 * beside it. The file has its name only when it is whole: written, flushed, read again and compared with its checksums. A
 * database that is not running is started for the time of the copy.
 *
 * @throws EmbeddedPostgresError BACKUP_TARGET for a file that exists or lies in DATA_DIR, BACKUP_FAILED, NO_SPACE.
 */
export async function backUp(options: BackupOptions): Promise<BackupReport> {
  const dataDir = await realpath(options.dataDir).catch((error: unknown) => {
    throw explainFileError(error, options.dataDir)
  })
  const target = await targetOf(options.to, dataDir)
  const partial = `${target}.partial`
  try {
    await withServer({ ...options, dataDir }, async (client) => {
      const output = createWriteStream(partial, { mode: 0o600, flags: 'w' })
      await writeArchive(output, (add) => copyAll({ client, dataDir, clock: options.clock }, add))
    })
    await flush(partial)
    const report = await checkBackup(partial)
    await rename(partial, target)
    await flush(dirname(target))
    return report
  } catch (error) {
    await rm(partial, { force: true })
    throw explainFileError(error, target)
  }
}

type Copying = { client: pg.Client; dataDir: string; clock: Clock }

/**
 * First the cluster, then the files beside it. A row of the copy names attachments that were stored before it was
 * committed, so they are there when the files are copied later.
 */
async function copyAll({ client, dataDir, clock }: Copying, add: AddToArchive): Promise<void> {
  const files: FileSum[] = []
  const copy = async (sources: readonly Source[]) => {
    for (const source of sources) {
      const sum = await add(source)
      if (sum !== undefined) files.push(sum)
    }
  }
  const clusterDir = join(dataDir, 'postgres')
  const ofCluster = (listed: Listed[]) => listed.map((file) => sourceOf(clusterDir, file, 'postgres/'))
  await copy([{ path: 'postgres', from: clusterDir, kind: 'directory' }])
  const backup = await beginBaseBackup(client)
  await copy(ofCluster(listClusterFiles(clusterDir)))
  const end = await backup.finish()
  const madeAt = clock.now().toISOString()
  await copy([{ path: 'postgres/backup_label', bytes: Buffer.from(end.label) }])
  await copy(ofCluster(listWalFiles(clusterDir, end)))
  await copy(listOtherFiles(dataDir).map((file) => sourceOf(dataDir, file, '')))
  const { majorVersion: postgresVersion } = await locateBinaries()
  const manifest: Manifest = { format: 1, madeAt, postgresVersion, files }
  await add({ path: manifestPath, bytes: Buffer.from(JSON.stringify(manifest)) })
}

function sourceOf(root: string, { path, kind }: Listed, prefix: string): Source {
  return { path: `${prefix}${path}`, from: join(root, path), kind }
}

async function targetOf(to: string, dataDir: string): Promise<string> {
  const path = resolve(to)
  const directory = await realpath(dirname(path)).catch((error: unknown) => {
    throw explainFileError(error, dirname(path))
  })
  if (!relative(dataDir, directory).startsWith('..')) {
    throw refused(
      `${to} lies in ${dataDir}, and would be part of the next backup`,
      'choose a place outside of DATA_DIR',
    )
  }
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  if (exists) throw refused(`${to} exists`, 'choose another name; a backup never overwrites one')
  return path
}

function refused(reason: string, fix: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError('BACKUP_TARGET', { message: `No backup was made: ${reason}.`, fix })
}

/** On the server of `npm start`, or on one of our own while nothing else runs. */
async function withServer({ dataDir, log }: BackupOptions, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const state = await readPostmasterState(join(dataDir, 'postgres'))
  const secrets = await readSecrets(dataDir)
  if (state.kind === 'running' && state.port !== undefined && secrets !== undefined) {
    return withConnection(adminAddress(state.port, secrets.superuserPassword), use)
  }
  await assertHasCluster(dataDir)
  const server = await startEmbeddedPostgres({ dataDir, ...(log && { log }) })
  try {
    const own = await readSecrets(dataDir)
    await withConnection(adminAddress(server.port, own?.superuserPassword ?? ''), use)
  } finally {
    await server.stop()
  }
}

/** A start would make a new, empty one, and its backup would look like one. */
async function assertHasCluster(dataDir: string): Promise<void> {
  await stat(join(dataDir, 'postgres', 'PG_VERSION')).catch(() => {
    throw refused(`there is no database in ${dataDir}`, 'set DATA_DIR to the directory of npm start')
  })
}

/** To the disk: of a file its bytes, of a directory the names in it. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
