import type { Log } from './kernel/log.ts'

const hardLimitMs = 30_000
const orphanLimitMs = 5_000

/**
 * Resolves `first` with the reason of the first request to stop: SIGTERM, SIGINT, or the end of the parent that forked
 * us, which no signal announces when it was killed. A second signal ends the process at once, and so do 30 s.
 */
export function stopOnSignal(): { first: Promise<string> } {
  const hasParent = process.connected === true
  let isStopping = false
  const first = new Promise<string>((resolve) => {
    const stop = (reason: string) => {
      isStopping = true
      exitAfter(hardLimitMs)
      resolve(reason)
    }
    const onSignal = (signal: NodeJS.Signals) => (isStopping ? process.exit(1) : stop(signal))
    process.on('SIGTERM', onSignal)
    // Ctrl-C and a closed terminal reach every process of it. With a parent, the parent decides when we stop; taking both
    // its SIGTERM and the terminal's signal would count as two and cut the drain.
    for (const fromTerminal of ['SIGINT', 'SIGHUP'] as const) {
      process.on(fromTerminal, (signal) => {
        if (!hasParent) onSignal(signal)
      })
    }
    if (hasParent) process.on('disconnect', () => (isStopping ? exitAfter(orphanLimitMs) : stop('parent is gone')))
  })
  return { first }
}

/** What nobody caught leaves the process in an unknown state: told, then ended, for a supervisor to start another. */
export function exitOnCrash(log: Log): void {
  const crash = (kind: string) => (error: unknown) => {
    log.error({ kind, error: error instanceof Error ? error.stack?.slice(0, 2_000) : String(error) }, 'worker crashed')
    process.exit(1)
  }
  process.on('uncaughtException', crash('uncaughtException'))
  process.on('unhandledRejection', crash('unhandledRejection'))
}

function exitAfter(ms: number): void {
  setTimeout(() => process.exit(1), ms).unref()
}
