import type { Log } from '../kernel/log.ts'

export type Life = {
  log: Log
  /**
   * Starts everything and says how to stop it. Once the signal is aborted it gives up what it has started and throws.
   */
  start(stopping: AbortSignal): Promise<{ stop(): Promise<void> }>
  /** What is done at once and without waiting before a forced end: it must leave nothing of ours running. */
  abandon?: () => void
  /** Ends with the process that forked this one, and leaves the terminal's signals to it. */
  followsParent?: boolean
}

const hardLimitMs = 30_000
const orphanLimitMs = 5_000
/** One Ctrl-C under npm arrives twice: from the terminal and, some milliseconds later, forwarded by npm. */
const sameRequestMs = 500

/**
 * The life of a process: starts, runs until SIGTERM, SIGINT or SIGHUP, stops in order and exits with 0. A second signal, or 30 s
 * of stopping, ends it at once with 1; so does an error that nobody handled, because its state can no longer be trusted
 * (OPS-6).
 *
 * @throws what `start` threw, unless a stop was asked for meanwhile.
 */
export async function liveUntilStopped({ log, start, abandon, followsParent = false }: Life): Promise<void> {
  const stopping = new AbortController()
  const endNow = () => {
    abandon?.()
    process.exit(1)
  }
  endOnCrash(log, endNow)
  onRequestToStop(followsParent, {
    first: (reason) => {
      setTimeout(endNow, hardLimitMs).unref()
      log.info({ reason }, 'stops in order; a second signal ends it at once')
      stopping.abort(new Error(reason))
    },
    second: endNow,
    orphaned: () => setTimeout(endNow, orphanLimitMs).unref(),
  })
  const running = await start(stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error
  })
  if (running === undefined) return process.exit(0)
  await aborted(stopping.signal)
  const isClean = await running.stop().then(
    () => true,
    (error: unknown) => log.error({ error: String(error) }, 'the stop was not clean'),
  )
  process.exit(isClean === true ? 0 : 1)
}

type Listener = { first(reason: string): void; second(): void; orphaned(): void }

function onRequestToStop(followsParent: boolean, listener: Listener): void {
  let firstAt: number | undefined
  const isStopping = () => firstAt !== undefined
  const ask = (reason: string) => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      listener.first(reason)
    } else if (performance.now() - firstAt > sameRequestMs) listener.second()
  }
  // Ctrl-C and a closed terminal reach every process of it. Who follows a parent leaves them to it: taking both its SIGTERM
  // and the terminal's signal would count as two and cut the drain.
  const own = followsParent ? [] : (['SIGINT', 'SIGHUP'] as const)
  const ignored = followsParent ? (['SIGINT', 'SIGHUP'] as const) : []
  for (const signal of ['SIGTERM', ...own] as const) process.on(signal, ask)
  for (const signal of ignored) process.on(signal, () => undefined)
  if (followsParent) process.on('disconnect', () => (isStopping() ? listener.orphaned() : ask('parent is gone')))
}

function endOnCrash(log: Log, endNow: () => void): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error({ error: error instanceof Error ? error.stack?.slice(0, 2_000) : String(error) }, event)
      endNow()
    })
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
