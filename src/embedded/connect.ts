import pg from 'pg'

export type Address = { port: number; user: string; password: string; database: string }

/** Runs `use` on one connection and closes it. TLS is off whatever PGSSLMODE says: the server has none (SEC-5). */
export async function withConnection<T>(address: Address, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...address, host: '127.0.0.1', ssl: false, connectionTimeoutMillis: 3_000 })
  // A backend that is terminated between queries emits this; the query that follows rejects anyway.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

export function connectionUrl(address: Address): string {
  return `postgres://${address.user}:${address.password}@127.0.0.1:${address.port}/${address.database}`
}

export function adminAddress(port: number, password: string): Address {
  return { port, user: 'postgres', password, database: 'postgres' }
}

export function applicationAddress(port: number, password: string): Address {
  return { port, user: 'queqiao', password, database: 'queqiao' }
}

/** Another PostgreSQL may have taken the remembered port, and one with `trust` lets any password in. */
export async function assertServes(client: pg.Client, clusterDir: string): Promise<void> {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory')
  const served = rows[0]?.data_directory ?? ''
  if (served !== clusterDir) throw new Error(`port ${client.port} serves ${served}, not ${clusterDir}`)
}
