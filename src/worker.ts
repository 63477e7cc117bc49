import { compose } from './compose.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { environment } from './environment.ts'
import { jobs, schedules, sequences, subscriptions } from './registry.ts'
import { runWorker } from './run-worker.ts'
import { exitOnCrash, stopOnSignal } from './worker-signals.ts'

export { runWorker } from './run-worker.ts'

export type WorkerProcessOptions = {
  /** The queues of this process; `except` takes what is left, so that no queue is forgotten. */
  queues: 'all' | readonly string[] | { except: readonly string[] }
  withRelay: boolean
}

const drainMs = 20_000
const misconfigured = 78

/** The whole life of a worker process: from its configuration to its exit code. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<void> {
  const signals = stopOnSignal()
  const config = configOrExit()
  const { deps, close } = await compose(config, { role: 'worker' })
  exitOnCrash(deps.log)
  const chosen = jobs.filter(({ queue }) => isChosen(options.queues, queue))
  const worker = await runWorker({
    deps,
    jobs: chosen,
    subscriptions,
    schedules,
    sequences,
    withRelay: options.withRelay,
    concurrency: config.workerConcurrency,
    log: deps.log,
    onStandstill: (queue) => {
      deps.log.error({ queue }, 'jobs wait and none starts: this process ends so that a new one takes over')
      process.exit(1)
    },
  })
  const queues = [...new Set(chosen.map(({ queue }) => queue))]
  deps.log.info({ queues, withRelay: options.withRelay }, 'worker is running')
  process.send?.('ready')
  const reason = await signals.first
  deps.log.info({ reason }, 'worker stops: it finishes its jobs and takes no others')
  await worker.stop(drainMs)
  await close()
  process.exit(0)
}

function configOrExit(): Config {
  try {
    return readConfig(environment())
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(misconfigured)
  }
}

function isChosen(queues: WorkerProcessOptions['queues'], queue: string): boolean {
  if (queues === 'all') return true
  return 'except' in queues ? !queues.except.includes(queue) : queues.includes(queue)
}
