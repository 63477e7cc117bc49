import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { passFaultPoint } from '../kernel/fault-points.ts'
import type { Db } from './client.ts'
import { isUniqueViolation, sqlState } from './errors.ts'
import { inStatementSpan } from './trace-queries.ts'

/** A handle whose statements belong to one transaction. Structurally a Db, so that repos take either. */
export type Tx = Db

type TxOptions = {
  /** Also start again on a unique violation: for functions that read, then insert what they did not find. */
  shouldRetryUniqueViolation?: boolean
}

const maxAttempts = 5
const serialisationFailure = '40001'
const deadlockDetected = '40P01'

/** Ended ones stay in it: `withTx` on a leaked handle then meets the guard below instead of opening something new. */
const transactions = new WeakMap<object, (() => void)[]>()

/**
 * Runs `fn` in one transaction. Given a handle that is already a transaction, joins it, so use cases compose and the
 * HTTP layer can wrap one together with its idempotency row.
 *
 * The whole function starts again on serialisation failure or deadlock, at most 5 times with full jitter (REL-TX-2). A
 * connection that died is destroyed, never pooled again, and the handle is dead after the end: using it throws. We do
 * not use drizzle's own `db.transaction()` on a pool: it returns dead clients to the pool (ADR 0001).
 */
export async function withTx<T>(db: Db, fn: (tx: Tx) => Promise<T>, options: TxOptions = {}): Promise<T> {
  if (transactions.has(db)) return fn(db)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(poolOf(db), fn)
    } catch (error) {
      if (attempt >= maxAttempts || !isRetryable(error, options)) throw error
      await sleep(5 + Math.random() * 95)
    }
  }
}

/**
 * Calls `fn` when the transaction has committed, or at once on a handle that is none. For what may be lost, such as waking
 * streams: a process that dies in between calls nothing. What must follow is an event.
 */
export function afterCommit(db: Db, fn: () => void): void {
  const waiting = transactions.get(db)
  if (waiting) waiting.push(fn)
  else fn()
}

async function runOnce<T>(pool: pg.Pool, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let dead: Error | undefined
  const onError = (error: Error) => {
    dead = error
  }
  client.on('error', onError)
  try {
    await client.query('begin')
    const waiting: (() => void)[] = []
    const result = await runGuarded(client, { fn, waiting })
    if (dead) throw dead
    passFaultPoint('transaction.before-commit')
    const { command } = await client.query('commit')
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error: a swallowed error would lose rows.
    if (command !== 'COMMIT') throw new Error('a statement of this transaction failed, so nothing of it was stored')
    passFaultPoint('transaction.after-commit')
    for (const call of waiting) call()
    return result
  } catch (error) {
    try {
      if (!dead) await client.query('rollback')
    } catch (rollbackError) {
      dead = rollbackError as Error
    }
    throw error
  } finally {
    client.off('error', onError)
    client.release(dead)
  }
}

/** Closes the handle before COMMIT or ROLLBACK is sent: a statement queued behind either would run on its own. */
async function runGuarded<T>(
  client: pg.PoolClient,
  { fn, waiting }: { fn: (tx: Tx) => Promise<T>; waiting: (() => void)[] },
): Promise<T> {
  const handle = guarded(client)
  const tx: Tx = drizzle(handle.client)
  transactions.set(tx, waiting)
  try {
    return await fn(tx)
  } finally {
    handle.close()
  }
}

/** Lets a leaked handle fail loudly instead of running its statement in somebody else's transaction. */
function guarded(client: pg.PoolClient): { client: pg.PoolClient; close(): void } {
  let isOpen = true
  const query = (...args: unknown[]) => {
    if (!isOpen) throw new Error('this transaction has ended; its handle must not be used any more')
    // A stream of COPY is its own result, and no promise to be timed.
    if (isStream(args[0])) return Reflect.apply(client.query, client, args)
    return inStatementSpan(args, () => answerTo(client, args))
  }
  const proxy = new Proxy(client, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)) })
  return {
    client: proxy,
    close: () => {
      isOpen = false
    },
  }
}

/**
 * By a callback: the promise of the driver assigns a function to the statement, which V8 puts among old objects with all that it
 * closes over, as `giveUpSilence` tells.
 */
function answerTo(client: pg.PoolClient, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const answered = (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result))
    Reflect.apply(client.query, client, [...args, answered])
  })
}

function isStream(statement: unknown): boolean {
  return statement !== null && typeof statement === 'object' && 'submit' in statement
}

function poolOf(db: Db): pg.Pool {
  return (db as Db & { $client: pg.Pool }).$client
}

function isRetryable(error: unknown, options: TxOptions): boolean {
  const state = sqlState(error)
  if (state === serialisationFailure || state === deadlockDetected) return true
  return options.shouldRetryUniqueViolation === true && isUniqueViolation(error)
}
