import { collectDefaultMetrics, Registry } from 'prom-client'
import { chooseWork, type Work } from './choose-work.ts'
import { compose } from './compose.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { environment } from './environment.ts'
import { measureJobs } from './measure-jobs.ts'
import { jobs, queueNames, schedules, sequences, subscriptions } from './registry.ts'
import { runWorker } from './run-worker.ts'
import { serveWorkerMetrics } from './worker-metrics.ts'
import { exitOnCrash, stopOnSignal } from './worker-signals.ts'

export { runWorker } from './run-worker.ts'

const drainMs = 20_000
const misconfigured = 78

/** The whole life of a worker process, from its configuration and arguments (see chooseWork) to its exit code. */
export async function startWorkerProcess(args: readonly string[]): Promise<void> {
  const signals = stopOnSignal()
  const { config, queues, withRelay } = settingsOrExit(args)
  const { deps, close } = await compose(config, { role: 'worker' }).catch(refuse)
  exitOnCrash(deps.log)
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const worker = await runWorker({
    deps,
    jobs: measureJobs(
      jobs.filter(({ queue }) => queues.includes(queue)),
      registry,
    ),
    subscriptions,
    schedules,
    sequences,
    withRelay,
    concurrency: config.workerConcurrency,
    log: deps.log,
    onStandstill: (queue) => {
      deps.log.error({ queue }, 'jobs wait and none starts: this process ends so that a new one takes over')
      process.exit(1)
    },
  })
  const port = config.workerMetricsPort
  const metrics = port === undefined ? undefined : await serveWorkerMetrics(registry, { port, host: config.http.host })
  deps.log.info({ queues, withRelay }, 'worker is running')
  process.send?.('ready')
  const reason = await signals.first
  deps.log.info({ reason }, 'worker stops: it finishes its jobs and takes no others')
  await worker.stop(drainMs)
  await metrics?.close()
  await close()
  process.exit(0)
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
