import type { Cluster } from './cluster.ts'
import type { Postmaster } from './postmaster.ts'
import { isPostgresOf } from './process-identity.ts'
import { startServer } from './start-server.ts'
import { askToStop, stopPostmaster } from './stop-postmaster.ts'

const checkMs = 500
/** After a start that failed (disk full, port taken) five seconds pass, so that the log stays readable. */
const checksToSkip = 10

export type Supervision = { stop(): Promise<void>; abandon(): void }

/**
 * PostgreSQL replaces its own backends after a crash; nobody replaces the postmaster when the system
 * kills it (out of memory). This does, on the same port, so that the pools of the product reconnect.
 */
export function keepRunning(cluster: Cluster, first: Postmaster, password: string): Supervision {
  let current = first
  let work: Promise<void> = Promise.resolve()
  let isBusy = false
  let skip = 0
  const timer = setInterval(() => {
    if (isBusy || skip-- > 0) return
    isBusy = true
    work = restartIfGone().finally(() => {
      isBusy = false
    })
  }, checkMs)
  timer.unref()

  async function restartIfGone(): Promise<void> {
    if (await isPostgresOf(current.pid, cluster.dir)) return
    cluster.log(`PostgreSQL (process ${current.pid}) ended unexpectedly; it is started again`)
    try {
      current = await startServer(cluster, password, first.port)
      cluster.log(`PostgreSQL is back as process ${current.pid}`)
    } catch (error) {
      skip = checksToSkip
      cluster.log(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return {
    async stop() {
      clearInterval(timer)
      await work
      await stopPostmaster(cluster, current.pid)
    },
    abandon() {
      clearInterval(timer)
      askToStop(current.pid)
    },
  }
}
