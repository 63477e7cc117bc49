import { adoptPostmaster } from './adopt.ts'
import { type Cluster, describeCluster, type StartOptions } from './cluster.ts'
import { adminAddress, applicationAddress, connectionUrl } from './connect.ts'
import { ensureCluster } from './initialise.ts'
import { keepRunning } from './keep-running.ts'
import type { Postmaster } from './postmaster.ts'
import { provision } from './provision.ts'
import { loadOrCreateSecrets, type Secrets } from './secrets-file.ts'
import { startServer } from './start-server.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { acquireSupervisorLock } from './supervisor-lock.ts'

export type EmbeddedPostgres = {
  /** The application's own role on its own database. */
  url: string
  /** The superuser on the database `postgres`; for tests that create databases, and for doctor. */
  adminUrl: string
  port: number
  /** True when a server left by a killed supervisor was reused. */
  adopted: boolean
  /** Fast shutdown; may be called twice. */
  stop(): Promise<void>
  /** Asks the server to shut down and does not wait: for a process that ends now. */
  abandon(): void
}

/**
 * Returns when the database answers, or throws and leaves no process behind.
 */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const cluster = await describeCluster(options)
  const lock = await acquireSupervisorLock(cluster.dataDir)
  try {
    const secrets = await loadOrCreateSecrets(cluster.dataDir)
    const { postmaster, adopted } = await openCluster(cluster, secrets)
    const supervision = keepRunning(cluster, postmaster, secrets.superuserPassword)
    let stopping: Promise<void> | undefined
    return {
      url: connectionUrl(applicationAddress(postmaster.port, secrets.applicationPassword)),
      adminUrl: connectionUrl(adminAddress(postmaster.port, secrets.superuserPassword)),
      port: postmaster.port,
      adopted,
      stop: () => {
        stopping ??= supervision.stop().finally(() => lock.release())
        return stopping
      },
      abandon: () => supervision.abandon(),
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openCluster(cluster: Cluster, secrets: Secrets): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const password = secrets.superuserPassword
  if (await ensureCluster(cluster, password)) cluster.log(`created a new database in ${cluster.dir}`)
  const orphan = await adoptPostmaster(cluster, password)
  const postmaster = orphan ?? (await startServer(cluster, password))
  try {
    await provision(cluster, postmaster.port, secrets)
    return { postmaster, adopted: orphan !== undefined }
  } catch (error) {
    await stopPostmaster(cluster, postmaster.pid)
    throw error
  }
}
