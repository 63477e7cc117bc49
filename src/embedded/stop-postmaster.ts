import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Cluster } from './cluster.ts'
import { EmbeddedPostgresError, errorCode } from './errors.ts'
import { isPostgresOf } from './process-identity.ts'

const run = promisify(execFile)
const stepMs = 10_000

/** Fast shutdown first; after 10 s the immediate one, which recovers from the log at the next start. */
export async function stopPostmaster(
  cluster: Pick<Cluster, 'dir' | 'binaries' | 'spawnOptions'>,
  pid: number,
): Promise<void> {
  for (const step of [
    { signal: 'SIGINT', mode: 'fast' },
    { signal: 'SIGQUIT', mode: 'immediate' },
  ] as const) {
    await signalPostmaster(cluster, pid, step)
    if (await waitUntilGone(cluster.dir, pid)) return
  }
  throw new EmbeddedPostgresError('STOP_FAILED', {
    message: `PostgreSQL (process ${pid}) did not stop within ${(2 * stepMs) / 1000} seconds.`,
    fix: `check the disk (dmesg, df -h), then: ${cluster.binaries.pgCtl} -D ${cluster.dir} -m immediate stop`,
  })
}

/** Fast shutdown that nobody waits for: it rolls back, writes a checkpoint and ends by itself. */
export function askToStop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

async function signalPostmaster(
  cluster: Pick<Cluster, 'dir' | 'binaries' | 'spawnOptions'>,
  pid: number,
  step: { signal: NodeJS.Signals; mode: string },
): Promise<void> {
  if (!(await isPostgresOf(pid, cluster.dir))) return
  if (process.platform === 'win32') {
    await run(cluster.binaries.pgCtl, ['-D', cluster.dir, '-m', step.mode, '-W', 'stop'], cluster.spawnOptions)
    return
  }
  try {
    process.kill(pid, step.signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

async function waitUntilGone(clusterDir: string, pid: number): Promise<boolean> {
  const deadline = AbortSignal.timeout(stepMs)
  while (await isPostgresOf(pid, clusterDir)) {
    if (deadline.aborted) return false
    await wait(15)
  }
  return true
}
