import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { FaultPoint } from '../../src/kernel/fault-points.ts'
import { bundleForNode } from '../support/bundle.ts'
import { freePort } from '../support/product.ts'
import type { FaultOrder, Passes } from './obey-faults.ts'

/** A process that dies by kill -9 at the moment at which it passes a point, if told to. */
export type Mortal = {
  dieAt(point: FaultPoint, pass?: number): void
  /** How often each point was passed. @throws when it is dead. */
  passes(): Promise<Passes>
  /** Takes the order back. @returns whether that came too late. */
  spare(): Promise<boolean>
  /** Ends it with kill -9. */
  kill(): Promise<void>
  /** The signal that ended it. */
  ended: Promise<NodeJS.Signals | null>
  hasEnded(): boolean
}
export type Worker = Mortal
export type Api = Mortal & { origin: string }

export const secretKey = 'a secret key for tests, 32+ characters'

/** Worker processes that a test file may kill; those that live are killed after its tests. */
export function useWorkers(): (environment: Record<string, string>) => Promise<Worker> {
  return useMortals('test/faults/worker-process.ts')
}

/** API processes that a test file may kill. */
export function useApis(): (environment: Record<string, string>) => Promise<Api> {
  const start = useMortals('test/faults/api-process.ts')
  return async (environment) => {
    const port = await freePort()
    return { ...(await start({ ...environment, PORT: String(port) })), origin: `http://127.0.0.1:${port}` }
  }
}

function useMortals(entry: string): (environment: Record<string, string>) => Promise<Mortal> {
  let script = ''
  const children: ChildProcess[] = []
  beforeAll(async () => {
    script = await bundleForNode(entry)
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
      ended.then((signal) => Promise.reject(new Error(`the process ended (${signal}) before it worked`))),
    ])
    return mortalOf(child, ended)
  }
}

function mortalOf(child: ChildProcess, ended: Promise<NodeJS.Signals | null>): Mortal {
  // Who dies with an order on the way has obeyed.
  const order = (what: FaultOrder) => child.send(what, () => undefined)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const passes = async () => {
    const told = once(child, 'message')
    order('tell')
    const dead = ended.then(() => Promise.reject(new Error('the process is dead')))
    const [{ passed }] = (await Promise.race([told, dead])) as [{ passed: Passes }]
    return passed
  }
  return {
    dieAt: (dieAt, pass = 1) => order({ dieAt, pass }),
    passes,
    spare: async () => {
      if (!hasEnded()) order('live')
      return passes().then(
        () => false,
        () => true,
      )
    },
    kill: () => kill(child),
    ...{ ended, hasEnded },
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
