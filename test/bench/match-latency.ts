import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Db } from '../../src/db/client.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { idToUuid } from '../../src/kernel/ids.ts'
import { submitListing } from '../../src/modules/listings/index.ts'
import { supplyKind } from '../../src/modules/supplies/index.ts'
import { given, type Made } from '../support/given.ts'
import { type Spread, spreadOf } from './match-measures.ts'
import type { SyntheticMarket } from './synthetic-match-documents.ts'

type Deps = { db: Db; clock: Clock; pool: pg.Pool }

export type Latency = { spread: Spread; published: number; opened: number }

const perSecond = 50
const demands = 300
const pollMs = 20
const graceMs = 30_000
/**
 * The usual threshold. More room than usual for a listing, since 300 demands take all the supplies of a minute, and for
 * organisations and brokers, since there are but two and none.
 */
const limits = { maxMatchesPerListing: 50, maxMatchesPerListingDay: 200, maxMatchesPerOrganisationDay: 100_000 }
const rules = { publishOnSubmit: true, maxOpenItemsPerBrokerDay: 100_000, ...limits }

/**
 * Publishes 50 supplies a second, each of which fits one of 300 real demands, while a worker process relays, matches and
 * opens review items. Measures from the call that publishes to the moment another connection sees the item.
 */
export async function measureLatency(
  deps: Deps,
  run: { market: SyntheticMarket; seconds: number; say: (line: string) => void },
): Promise<Latency> {
  const now = given(deps)
  await now.market(rules)
  const owner = await now.organisation()
  const buyer = await now.organisation()
  const textOf = (number: number) => run.market.documentOf('demand', 2_000_000 + (number % demands)).facts.title
  for (let number = 0; number < demands; number += 1) await now.publishedDemand({ by: buyer, title: textOf(number) })
  const drafts = await inParallel(perSecond * run.seconds, (number) =>
    now.draft(supplyKind, { by: owner, title: `${textOf(number)}${Math.floor(number / demands)}型` }),
  )
  run.say(`${demands} demands published, ${drafts.length} supplies drafted`)
  await settle(deps.pool)
  run.say('settled')
  const waiting = new Map<string, number>()
  const latencies: number[] = []
  const watching = watch(deps.pool, waiting, latencies)
  try {
    await publishAll(deps, drafts, waiting)
    const until = performance.now() + graceMs
    while (waiting.size > 0 && performance.now() < until) await sleep(pollMs)
  } finally {
    watching.stop()
    await watching.ended
  }
  return { spread: spreadOf(latencies), published: drafts.length, opened: latencies.length }
}

async function inParallel(count: number, make: (number: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = []
  for (let from = 0; from < count; from += 6) {
    const numbers = Array.from({ length: Math.min(6, count - from) }, (_, index) => from + index)
    made.push(...(await Promise.all(numbers.map(make))))
  }
  return made
}

/** Until the outbox is empty and has stayed so for two seconds. */
async function settle(pool: pg.Pool): Promise<void> {
  for (let quiet = 0; quiet < 8; ) {
    const { rows } = await pool.query<{ open: number }>(
      `select (select count(*) from outbox_events where done_at is null)::int as open`,
    )
    quiet = rows[0]?.open === 0 ? quiet + 1 : 0
    await sleep(250)
  }
}

/** In time with the clock, not one after the other: a slow publication does not slow the next. */
async function publishAll(deps: Deps, drafts: readonly Made[], waiting: Map<string, number>): Promise<void> {
  const begin = performance.now()
  const publications = drafts.map(async ({ owner, definition, listing }, index) => {
    await sleep(Math.max(0, (index * 1000) / perSecond - (performance.now() - begin)))
    waiting.set(idToUuid(listing.id), performance.now())
    await submitListing(deps, owner, { definition, id: listing.id })
  })
  await Promise.all(publications)
}

function watch(pool: pg.Pool, waiting: Map<string, number>, latencies: number[]) {
  let isStopped = false
  const look = async () => {
    while (!isStopped) {
      const { rows } = await pool.query<{ id: string }>(
        'select distinct supply_id as id from review_items where supply_id = any($1::uuid[])',
        [[...waiting.keys()]],
      )
      for (const { id } of rows) {
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
