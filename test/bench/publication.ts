import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Db } from '../../src/db/client.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { idToUuid } from '../../src/kernel/ids.ts'
import { submitListing } from '../../src/modules/listings/index.ts'
import type { Made } from '../support/given.ts'
import { type Spread, spreadOf } from './match-measures.ts'

export type PublicationDeps = { db: Db; clock: Clock; pool: pg.Pool }
/** Which of these listings (UUIDs) have come as far as is waited for. */
export type Arrived = (pool: pg.Pool, waiting: readonly string[]) => Promise<string[]>
export type Latency = { spread: Spread; published: number; arrived: number }

const pollMs = 20
const graceMs = 30_000

/**
 * Publishes drafts at a steady rate and measures each from the call that publishes it to the moment another connection
 * sees it arrive. Their market publishes what is submitted.
 */
export async function measurePublication(
  deps: PublicationDeps,
  { drafts, perSecond, arrived }: { drafts: readonly Made[]; perSecond: number; arrived: Arrived },
): Promise<Latency> {
  await settle(deps.pool)
  const waiting = new Map<string, number>()
  const latencies: number[] = []
  const watching = watch(deps.pool, { waiting, latencies, arrived })
  try {
    await publishAll(deps, { drafts, perSecond, waiting })
    const until = performance.now() + graceMs
    while (waiting.size > 0 && performance.now() < until) await sleep(pollMs)
  } finally {
    watching.stop()
    await watching.ended
  }
  return { spread: spreadOf(latencies), published: drafts.length, arrived: latencies.length }
}

/** Six at a time: as many as the pool has connections to spare. */
export async function inParallel(count: number, make: (number: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = []
  for (let from = 0; from < count; from += 6) {
    const numbers = Array.from({ length: Math.min(6, count - from) }, (_, index) => from + index)
    made.push(...(await Promise.all(numbers.map(make))))
  }
  return made
}

/** Until the outbox is empty, every demand has been matched and both have stayed so for two seconds. */
async function settle(pool: pg.Pool): Promise<void> {
  for (let quiet = 0; quiet < 8; ) {
    const { rows } = await pool.query<{ open: number }>(
      `select (select count(*) from outbox_events where done_at is null)::int
         + (select count(*) from match_documents where kind = 'demand' and matched_titles = 0)::int as open`,
    )
    quiet = rows[0]?.open === 0 ? quiet + 1 : 0
    await sleep(250)
  }
}

type Publications = { drafts: readonly Made[]; perSecond: number; waiting: Map<string, number> }

/** In time with the clock, not one after the other: a slow publication does not slow the next. */
async function publishAll(deps: PublicationDeps, { drafts, perSecond, waiting }: Publications): Promise<void> {
  const begin = performance.now()
  const publications = drafts.map(async ({ owner, definition, listing }, index) => {
    await sleep(Math.max(0, (index * 1000) / perSecond - (performance.now() - begin)))
    waiting.set(idToUuid(listing.id), performance.now())
    await submitListing(deps, owner, { definition, id: listing.id })
  })
  await Promise.all(publications)
}

type Watched = { waiting: Map<string, number>; latencies: number[]; arrived: Arrived }

function watch(pool: pg.Pool, { waiting, latencies, arrived }: Watched) {
  let isStopped = false
  const look = async () => {
    while (!isStopped) {
      for (const id of await arrived(pool, [...waiting.keys()])) {
        latencies.push(performance.now() - (waiting.get(id) ?? Number.NaN))
        waiting.delete(id)
      }
      await sleep(pollMs)
    }
  }
  const ended = look()
  return {
    ended,
    stop: () => {
      isStopped = true
    },
  }
}
