import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { adminAddress, assertServes, withConnection } from './connect.ts'
import type { Postmaster } from './postmaster.ts'
import { readPostmasterState, removeForeignPidFile } from './postmaster-pid.ts'
import { isPostgresOf } from './process-identity.ts'
import { assertSafeSettings } from './provision.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { isNotReadyYet } from './wait-until-ready.ts'

/** An orphan that still recovers gets this long to answer before it is stopped and started afresh. */
const answerTimeoutMs = 10_000

/**
 * A supervisor killed with -9 leaves its server running. Reusing it keeps the start below 0.1 s and its
 * data untouched; one that does not answer to our password, or runs with unsafe settings, is stopped.
 */
export async function adoptPostmaster(cluster: Cluster, password: string): Promise<Postmaster | undefined> {
  const state = await readPostmasterState(cluster.dir)
  if (state.kind === 'none') return undefined
  if (state.kind === 'foreign') {
    cluster.log(`process ${state.pid} named in postmaster.pid is no PostgreSQL of this directory; it is left alone`)
    await removeForeignPidFile(cluster.dir)
    return undefined
  }
  if (state.port !== undefined && (await answers(cluster, { pid: state.pid, port: state.port }, password))) {
    return { pid: state.pid, port: state.port }
  }
  cluster.log(`the PostgreSQL process ${state.pid} left by an earlier run cannot be used; it is stopped`)
  await stopPostmaster(cluster, state.pid)
  return undefined
}

async function answers(cluster: Cluster, postmaster: Postmaster, password: string): Promise<boolean> {
  const deadline = AbortSignal.timeout(answerTimeoutMs)
  while (!deadline.aborted && (await isPostgresOf(postmaster.pid, cluster.dir))) {
    try {
      await withConnection(adminAddress(postmaster.port, password), async (client) => {
        await assertServes(client, cluster.dir)
        await assertSafeSettings(client, cluster.settings)
      })
      return true
    } catch (error) {
      if (!isNotReadyYet(error)) return false
      await wait(50)
    }
  }
  return false
}
