import type pg from 'pg'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'

export type DatabaseClock = Clock & { stop(): void }

/** Quartz loses at most 0.1 ms a second, so 1 ms between two looks; a machine that slept is right again after one. */
const lookEveryMs = 10_000

/**
 * The time of the database, counted on by this process in between. All processes share it, whatever their machines' clocks say:
 * what one stores as the end of a session, a lease or a link, another judges alike (FT-12). While the database is away it goes on by
 * its last look; before a first one that succeeds it is the machine's own.
 */
export async function databaseClock(pool: Pick<pg.Pool, 'query'>, log: Log): Promise<DatabaseClock> {
  let offset = performance.timeOrigin
  let isKnown = false
  const look = async () => {
    const seen = await readTime(pool)
    offset = isKnown ? corrected(offset, seen) : seen.at - (seen.sent + seen.received) / 2
    isKnown = true
  }
  const lookOrGoOn = () =>
    look().catch((error: Error) => {
      if (!isKnown) log.warn({ reason: error.message }, "the database's clock is unknown; the machine's is used")
    })
  await lookOrGoOn()
  const timer = setInterval(lookOrGoOn, lookEveryMs).unref()
  return { now: () => new Date(performance.now() + offset), stop: () => clearInterval(timer) }
}

/** The database said `at`, in ms since 1970, at some moment between `sent` and `received` of our own counting. */
export type Seen = { at: number; sent: number; received: number }

/** The least change of the offset that the answer demands: one that was slow on its way proves little. */
export function corrected(offset: number, { at, sent, received }: Seen): number {
  return Math.min(Math.max(offset, at - received), at - sent)
}

async function readTime(pool: Pick<pg.Pool, 'query'>): Promise<Seen> {
  const sent = performance.now()
  const { rows } = await pool.query<{ at: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as at',
  )
  const received = performance.now()
  const [row] = rows
  if (row === undefined) throw new Error('the database said no time')
  return { at: row.at, sent, received }
}
