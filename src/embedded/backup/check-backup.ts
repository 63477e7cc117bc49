import { createHash } from 'node:crypto'
import { damaged } from './damaged.ts'
import { assertComplete, type FileSum, type Manifest, manifestPath, parseManifest } from './manifest.ts'
import { type ArchiveEntry, readArchive } from './read-archive.ts'

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
  keep: (entry: ArchiveEntry) => Promise<void> = readThrough,
): Promise<BackupReport> {
  const sums: FileSum[] = []
  let manifest: Manifest | undefined
  for await (const entry of readArchive(file)) {
    if (entry.path === manifestPath) manifest = parseManifest(await textOf(entry.content))
    else if (entry.kind === 'directory') await keep(entry)
    else sums.push(await keepAndSum(entry, keep))
  }
  if (manifest === undefined) throw damaged('it has no manifest')
  assertComplete(manifest, sums)
  const bytes = sums.reduce((sum, { size }) => sum + size, 0)
  const { madeAt, postgresVersion } = manifest
  return { madeAt, postgresVersion, files: sums.length, bytes }
}

async function keepAndSum(entry: ArchiveEntry, keep: (entry: ArchiveEntry) => Promise<void>): Promise<FileSum> {
  const hash = createHash('sha256')
  let size = 0
  async function* content() {
    for await (const chunk of entry.content) {
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
  }
  await keep({ ...entry, content: content() })
  return { path: entry.path, size, sha256: hash.digest('hex') }
}

async function readThrough({ content }: ArchiveEntry): Promise<void> {
  for await (const _chunk of content);
}

async function textOf(content: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
