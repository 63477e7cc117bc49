import pg from 'pg'

/** Somebody who waited for a lock: who, for what, how long at least, and the beginning of the statement. */
export type LockWait = { who: string; what: string; ms: number; statement: string }

const lookEveryMs = 50

/**
 * Looks twenty times a second who waits for a lock and since when. Left out is `create index concurrently` that waits for
 * transactions older than itself (a virtual id): nobody queues behind that.
 */
export function watchLockWaits(adminUrl: string) {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'lock-watch' })
  let longest: LockWait = { who: 'nobody', what: 'nothing', ms: 0, statement: '' }
  let looks = 0
  let isStopping = false
  const watching = (async () => {
    await client.connect()
    while (!isStopping) {
      const { rows } = await client.query<LockWait>(waits)
      looks += 1
      for (const wait of rows) if (wait.ms > longest.ms) longest = wait
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
    await client.end()
  })()
  return {
    stop: async () => {
      isStopping = true
      await watching
      return { longest, looks }
    },
  }
}

export function textOf({ who, what, ms, statement }: LockWait): string {
  if (ms === 0) return 'nobody was seen waiting for a lock'
  return `${who} waited ${ms} ms for ${what}${statement === '' ? '' : ` with "${statement}"`}`
}

const waits = `
  select a.application_name as who, coalesce(l.relation::regclass::text, l.locktype) as what,
    left(regexp_replace(a.query, '\\s+', ' ', 'g'), 120) as statement,
    round(extract(epoch from clock_timestamp() - l.waitstart) * 1000)::int as ms
  from pg_locks l join pg_stat_activity a using (pid)
  where not l.granted and l.waitstart is not null and l.locktype <> 'virtualxid'`
