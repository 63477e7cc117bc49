import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** Fails when a client was not given back: its transaction would hold locks, and closing the pool would never end. */
export async function assertIdle(pool: pg.Pool): Promise<void> {
  await until(() => Promise.resolve(pool.totalCount === pool.idleCount && pool.waitingCount === 0))
  const leaked = pool.totalCount - pool.idleCount
  if (leaked > 0) throw new Error(`${leaked} database clients were not released; ${pool.waitingCount} callers wait`)
}

type Connection = { application_name: string; state: string | null; query: string }

/** Fails when somebody is still connected to the database, naming the application, its state and last statement. */
export async function assertNoConnections(admin: pg.Client, database: string): Promise<void> {
  const connections = async () => {
    const { rows } = await admin.query<Connection>(
      `select application_name, state, left(query, 120) as query from pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [database],
    )
    return rows
  }
  await until(async () => (await connections()).length === 0)
  const left = (await connections()).map((found) => `${found.application_name} (${found.state}): ${found.query}`)
  if (left.length > 0) throw new Error(`connections are left open on ${database}:\n${left.join('\n')}`)
}

/** A backend needs a moment to notice that its client has gone: at most 2 s. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 40 && !(await isTrue()); round += 1) await sleep(50)
}
