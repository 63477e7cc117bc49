import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isPostgresOf, signalReaches } from './process-identity.ts'

export type PostmasterState =
  | { kind: 'none' }
  | { kind: 'running'; pid: number; port: number | undefined }
  /** The id was reused by somebody who must not be touched, or is that of a dead server whom nobody has buried yet. */
  | { kind: 'foreign'; pid: number }

/** Reads postmaster.pid (line 1 process id, line 4 port) and asks the system who that process really is. */
export async function readPostmasterState(clusterDir: string): Promise<PostmasterState> {
  const text = await readFile(pidFile(clusterDir), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1) return { kind: 'none' }
  if (await isPostgresOf(pid, clusterDir)) return { kind: 'running', pid, port: Number(lines[3]) || undefined }
  return signalReaches(pid) ? { kind: 'foreign', pid } : { kind: 'none' }
}

/**
 * PostgreSQL clears the pid file of a dead process itself, but refuses to start while the id belongs to another program of the
 * same user or to a zombie. Removing the file is safe: we hold the supervisor lock, and
 * backends that still run are found by PostgreSQL through the shared memory segment.
 */
export async function removeForeignPidFile(clusterDir: string): Promise<void> {
  await rm(pidFile(clusterDir), { force: true })
}

function pidFile(clusterDir: string): string {
  return join(clusterDir, 'postmaster.pid')
}
