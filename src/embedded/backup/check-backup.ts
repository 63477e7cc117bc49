import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { EmbeddedPostgresError, errorCode, explainFileError } from '../errors.ts'
import { assertComplete, type FileSum, type Manifest, manifestPath, parseManifest } from './manifest.ts'
import { damaged, type ReadEntry, readTar } from './tar.ts'

/** `bytes` are those of the files in it, unpacked. */
export type BackupReport = { madeAt: string; postgresVersion: string; files: number; bytes: number }

/**
 * Reads a backup from its first to its last byte and compares every file with the manifest. `keep` gets the entries and the
 * bytes of each as they pass.
 *
 * @throws EmbeddedPostgresError BACKUP_DAMAGED when anything differs.
 */
export async function checkBackup(
  file: string,
  keep: (entry: ReadEntry) => Promise<void> = readThrough,
): Promise<BackupReport> {
  const sums: FileSum[] = []
  let manifest: Manifest | undefined
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const entry of readTar(source)) {
        assertInside(entry.path)
        if (entry.path === manifestPath) manifest = parseManifest(await textOf(entry.content))
        else if (entry.kind === 'directory') await keep(entry)
        else sums.push(await keepAndSum(entry, keep))
      }
    })
  } catch (error) {
    throw explain(error, file)
  }
  if (manifest === undefined) throw damaged('it has no manifest')
  assertComplete(manifest, sums)
  const bytes = sums.reduce((sum, { size }) => sum + size, 0)
  const { madeAt, postgresVersion } = manifest
  return { madeAt, postgresVersion, files: sums.length, bytes }
}

async function keepAndSum(entry: ReadEntry, keep: (entry: ReadEntry) => Promise<void>): Promise<FileSum> {
  const hash = createHash('sha256')
  async function* content() {
    for await (const chunk of entry.content) {
      hash.update(chunk)
      yield chunk
    }
  }
  await keep({ ...entry, content: content() })
  return { path: entry.path, size: entry.size, sha256: hash.digest('hex') }
}

async function readThrough({ content }: ReadEntry): Promise<void> {
  for await (const _chunk of content);
}

async function textOf(content: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** An archive that somebody made by hand could otherwise write anywhere. */
function assertInside(path: string): void {
  const steps = path.split('/')
  if (
    path.startsWith('/') ||
    path.includes('\\') ||
    steps.some((step) => step === '' || step === '.' || step === '..')
  ) {
    throw damaged(`it holds the path ${path}`)
  }
}

function explain(error: unknown, file: string): unknown {
  if (error instanceof EmbeddedPostgresError) return error
  const code = errorCode(error)
  if (code?.startsWith('Z_')) return damaged('it is not compressed as backups are, or ends too early', error)
  return code === 'ENOENT' ? damaged(`${file} does not exist`, error) : explainFileError(error, file)
}
