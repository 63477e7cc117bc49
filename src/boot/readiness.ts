import { join } from 'node:path'
import type { Database } from '../db/client.ts'
import { readMigrations } from '../db/migrate.ts'
import type { Readiness } from '../http/health.ts'
import { outboxLag } from '../outbox/index.ts'
import { projectRoot } from '../project-root.ts'

const slowAfterMs = 1_000
/** A relay that lets facts wait this long is reported, but does not take the API out of service (OUT-6). */
const lagAlertMs = 30_000

let expectedMigrations: Promise<number> | undefined

/**
 * Ready: the database answers within a second and has at least the migrations of this program. More are
 * fine: during a rolling upgrade old processes serve on the newer schema (expand, then contract).
 */
export async function readiness({ pool, db }: Pick<Database, 'pool' | 'db'>, isStopping: boolean): Promise<Readiness> {
  if (isStopping) return { isReady: false, checks: { process: 'failed' } }
  expectedMigrations ??= readMigrations(join(projectRoot(), 'migrations')).then((files) => files.length)
  const expected = await expectedMigrations
  const probe = async (): Promise<Readiness> => {
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from schema_migrations')
    const isCurrent = (rows[0]?.count ?? 0) >= expected
    const { oldestAgeMs } = await outboxLag(db)
    return {
      isReady: isCurrent,
      checks: {
        database: 'ok',
        schema: isCurrent ? 'ok' : 'failed',
        outbox: oldestAgeMs > lagAlertMs ? 'degraded' : 'ok',
      },
    }
  }
  const failed: Readiness = { isReady: false, checks: { database: 'failed' } }
  let timer: NodeJS.Timeout | undefined
  const tooSlow = new Promise<Readiness>((resolve) => {
    timer = setTimeout(resolve, slowAfterMs, failed)
  })
  try {
    return await Promise.race([probe().catch(() => failed), tooSlow])
  } finally {
    clearTimeout(timer)
  }
}
