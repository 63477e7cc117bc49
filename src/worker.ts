import { collectDefaultMetrics, Registry } from 'prom-client'
import { liveUntilStopped } from './boot/lifecycle.ts'
import { chooseWork, type Work } from './choose-work.ts'
import { compose } from './compose.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { environment } from './environment.ts'
import type { Log } from './kernel/log.ts'
import { createLog } from './log.ts'
import { measureJobs } from './measure-jobs.ts'
import { jobs, queueNames, schedules, sequences, subscriptions } from './registry.ts'
import { runWorker } from './run-worker.ts'
import { startTelemetry } from './telemetry.ts'
import { traceJobs } from './trace-jobs.ts'
import { serveWorkerMetrics } from './worker-metrics.ts'

export { runWorker } from './run-worker.ts'

const drainMs = 20_000
const misconfigured = 78

/** The whole life of a worker process, from its configuration and arguments (see chooseWork) to its exit code. */
export async function startWorkerProcess(args: readonly string[]): Promise<void> {
  const { config, ...work } = settingsOrExit(args)
  const log = createLog(config, 'queqiao-worker')
  const start = () => startWork(config, work, log)
  await liveUntilStopped({ log, start, followsParent: process.connected === true }).catch(refuse)
}

/** Works, relays and shows metrics; finishes its jobs on stop and takes no others. */
async function startWork(config: Config, { queues, withRelay }: Work, log: Log): Promise<{ stop(): Promise<void> }> {
  const endTelemetry = await startTelemetry(config, 'queqiao-worker')
  const { deps, close } = await compose(config, { role: 'worker', log })
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const worker = await runWorker({
    deps,
    jobs: measureJobs(traceJobs(jobs.filter(({ queue }) => queues.includes(queue))), registry),
    subscriptions,
    schedules,
    sequences,
    withRelay,
    concurrency: config.workerConcurrency,
    log,
    onStandstill: (queue) => {
      log.error({ queue }, 'jobs wait and none starts: this process ends so that a new one takes over')
      process.exit(1)
    },
  })
  const port = config.workerMetricsPort
  const metrics = port === undefined ? undefined : await serveWorkerMetrics(registry, { port, host: config.http.host })
  log.info({ queues, withRelay }, 'worker is running')
  process.send?.('ready')
  return {
    stop: async () => {
      await worker.stop(drainMs)
      await metrics?.close()
      await close()
      await endTelemetry()
    },
  }
}

function settingsOrExit(args: readonly string[]): { config: Config } & Work {
  try {
    return { config: readConfig(environment()), ...chooseWork(args, queueNames) }
  } catch (error) {
    return refuse(error)
  }
}

/** One readable line, and 78 (EX_CONFIG) for what only a change of the configuration cures. */
function refuse(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof ConfigError ? misconfigured : 1)
}
