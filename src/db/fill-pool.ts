import type pg from 'pg'

/**
 * Opens all connections of a pool before the first request comes, one after the other: on a busy machine twenty that are opened at once
 * take longer than a request may wait. Ends early when the database does not answer; requests open the rest then.
 */
export async function fillPool(pool: pg.Pool): Promise<void> {
  const clients: pg.PoolClient[] = []
  try {
    while (pool.totalCount < pool.options.max) clients.push(await pool.connect())
  } catch {
    // Whoever needs the database next says so.
  } finally {
    for (const client of clients) client.release()
  }
}
