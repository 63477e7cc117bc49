import type { Log } from '../kernel/log.ts'

const hardLimitMs = 30_000

/**
 * Stops once on SIGTERM or SIGINT and exits with 0; a second signal or 30 s end the process at once. An error that
 * nobody handled is logged and ends the process with 1: its state can no longer be trusted (OPS-6).
 */
export function stopOnSignals(stop: () => Promise<void>, log: Log): void {
  let isStopping = false
  const exit = async (code: number) => {
    if (isStopping) process.exit(1)
    isStopping = true
    setTimeout(() => process.exit(1), hardLimitMs).unref()
    await stop().catch((error: unknown) => log.error({ error: String(error) }, 'the stop was not clean'))
    process.exit(code)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void exit(0))
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, event)
      void exit(1)
    })
  }
}
