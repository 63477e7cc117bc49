import { setTimeout as sleep } from 'node:timers/promises'
import { buildApp } from '../app.ts'
import { compose } from '../compose.ts'
import type { Config } from '../config.ts'
import type { Log } from '../kernel/log.ts'
import { queueNames } from '../registry.ts'
import { loadSecretKey } from '../secret-key.ts'
import { startTelemetry } from '../telemetry.ts'
import { registerGauges } from './gauges.ts'
import { readiness } from './readiness.ts'
import { productVersion } from './version.ts'

export type ApiServer = { url: string; stop(): Promise<void> }

type ApiOptions = {
  log: Log
  /** How long a load balancer needs to see /readyz fail; 0 where there is none (OPS-2). */
  drainDelayMs: number
  /** See ServerOptions; on by default. */
  hasBackpressure?: boolean
}

/** Listens, and on stop lets running requests finish before it gives up the database. */
export async function startApi(config: Config, options: ApiOptions): Promise<ApiServer> {
  const { log, drainDelayMs, hasBackpressure = true } = options
  const endTelemetry = await startTelemetry(config, 'queqiao-api')
  const { deps, database, close } = await compose(config, { role: 'api', log })
  let isStopping = false
  try {
    const app = await buildApp(deps, {
      ...config.http,
      secretKey: await loadSecretKey(config),
      version: await productVersion(),
      hasBackpressure,
      answers: 'trimmed',
      readiness: () => readiness(database, isStopping),
      isDraining: () => isStopping,
      registerMetrics: (registry) => registerGauges(registry, { ...database, jobs: deps.jobs, queues: queueNames }),
    })
    const url = await app.listen({ port: config.http.port, host: config.http.host })
    const stop = async () => {
      isStopping = true
      await sleep(drainDelayMs)
      await app.close()
      await close()
      await endTelemetry()
    }
    return { url, stop }
  } catch (error) {
    await close()
    throw error
  }
}
