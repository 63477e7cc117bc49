import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Log } from '../kernel/log.ts'
import { projectRoot } from '../project-root.ts'

export type SupervisedWorkers = {
  stop(): Promise<void>
  /** Kills the child: its jobs run again at the next start. */
  abandon(): void
}

/**
 * Young objects get 128 MB instead of 16: a match makes 2.5 MB of them. One match in some thirty waits 6 ms until they are sorted
 * out; with 16 one in four waits 10 ms. While V8 guesses by the place in the program which objects will grow old, it takes
 * those of matches for such, and everything that they point to grows old with them: then it is 10 ms.
 */
export const workerNodeOptions = [
  '--enable-source-maps',
  '--max-semi-space-size=128',
  '--no-allocation-site-pretenuring',
]

const firstDelayMs = 500
const longestDelayMs = 30_000
const steadyAfterMs = 60_000

/**
 * All workers in one child process, so that matching never delays a request. A child that dies is started again, later
 * each time it dies young; a child whose parent dies sees the channel close and ends by itself.
 */
export function superviseWorkers(environment: NodeJS.ProcessEnv, log: Log): SupervisedWorkers {
  let child: ChildProcess | undefined
  let isStopping = false
  let delayMs = firstDelayMs
  let retry: NodeJS.Timeout | undefined

  const start = () => {
    const startedAt = performance.now()
    child = fork(join(projectRoot(), 'dist/workers/all.js'), { env: environment, execArgv: workerNodeOptions })
    child.once('exit', (code, signal) => {
      if (isStopping) return
      delayMs = performance.now() - startedAt > steadyAfterMs ? firstDelayMs : Math.min(delayMs * 2, longestDelayMs)
      log.error({ code, signal, delayMs }, 'the worker process ended; it is started again')
      retry = setTimeout(start, delayMs)
    })
  }
  start()
  const stop = async () => {
    isStopping = true
    clearTimeout(retry)
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child?.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  const abandon = () => {
    isStopping = true
    child?.kill('SIGKILL')
  }
  return { stop, abandon }
}
