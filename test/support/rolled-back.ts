import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import type { Db } from '../../src/db/client.ts'

export type RolledBack = {
  db: Db
  /** Runs `fn` in a transaction that is undone afterwards, whatever `fn` committed in it. */
  run<T>(fn: () => Promise<T>): Promise<T>
}

/**
 * A database handle for tests that try what changes things and want to change nothing: all its statements go to one
 * connection, and the transactions that the product opens on it are savepoints in the one of `run`. One at a time.
 */
export function rolledBack(pool: pg.Pool): RolledBack {
  let client: pg.PoolClient | undefined
  const current = (): pg.PoolClient => {
    if (client === undefined) throw new Error('a statement outside of run()')
    return client
  }
  let depth = 0
  const nested = () => {
    const name = `nested_${depth++}`
    const spoken: Record<string, string> = {
      begin: `savepoint ${name}`,
      commit: `release savepoint ${name}`,
      rollback: `rollback to savepoint ${name}`,
    }
    const query = async (...args: unknown[]) => {
      const said = typeof args[0] === 'string' ? spoken[args[0]] : undefined
      if (said === undefined) return Reflect.apply(current().query, current(), args)
      const result = await current().query(said)
      // withTx checks what COMMIT answered; a savepoint that can be released is one that has not failed.
      return args[0] === 'commit' ? { ...result, command: 'COMMIT' } : result
    }
    return { query, on: () => undefined, off: () => undefined, release: () => undefined }
  }
  const query = (...args: unknown[]) => Reflect.apply(current().query, current(), args)
  const db = drizzle({ query, connect: async () => nested() } as unknown as pg.Pool) as unknown as Db
  return {
    db,
    run: async (fn) => {
      client = await pool.connect()
      depth = 0
      try {
        await client.query('begin')
        return await fn()
      } finally {
        await client.query('rollback')
        client.release()
        client = undefined
      }
    },
  }
}
