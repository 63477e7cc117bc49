import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { FaultPoint } from '../../src/kernel/fault-points.ts'
import { bundleForNode } from '../support/bundle.ts'

/** Dies by kill -9 at the moment at which it passes this point for the so many-th time. */
export type WorkerOrder = { dieAt: FaultPoint; pass: number }

export type Worker = {
  dieAt(point: FaultPoint, pass?: number): void
  /** Ends it with kill -9. */
  kill(): Promise<void>
  /** The signal that ended it. */
  ended: Promise<NodeJS.Signals | null>
}

export const secretKey = 'a secret key for tests, 32+ characters'

/** Worker processes that a test file may kill; those that live are killed after its tests. */
export function useWorkers(): (environment: Record<string, string>) => Promise<Worker> {
  let script = ''
  const children: ChildProcess[] = []
  beforeAll(async () => {
    script = await bundleForNode('test/faults/worker-process.ts')
  })
  afterAll(async () => {
    await Promise.all(children.map(kill))
  })
  return async (environment) => {
    const settings = { SECRET_KEY: secretKey, DEMO: 'off', LOG_LEVEL: 'error', DATABASE_POOL_SIZE: '8' }
    const child = fork(script, { env: { ...settings, ...environment }, execArgv: [] })
    children.push(child)
    const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
    await Promise.race([
      once(child, 'message'),
      ended.then((signal) => Promise.reject(new Error(`the worker ended (${signal}) before it worked`))),
    ])
    return {
      dieAt: (dieAt, pass = 1) => child.send({ dieAt, pass } satisfies WorkerOrder),
      kill: () => kill(child),
      ended,
    }
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/**
 * What a dead process held becomes free as if the minutes had passed after which it does. To be called while no worker lives:
 * the jobs of a living one would be taken from it.
 */
export async function letLeasesEnd(pool: pg.Pool): Promise<void> {
  await pool.query(`
    update bullmq.job set locked_until_ms = 0 where state = 'active';
    update outbox_events set lease_until = clock_timestamp() where lease_until > clock_timestamp();
    update mail_deliveries set lease_until = clock_timestamp() where lease_until > clock_timestamp();
    update webhook_deliveries
      set lease_until = clock_timestamp() - interval '10 min', next_attempt_at = clock_timestamp() - interval '10 min'
      where lease_until > clock_timestamp()`)
}
