import type pg from 'pg'
import type { Db } from '../../src/db/client.ts'
import { type Clock, chinaDay } from '../../src/kernel/clock.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { activeModels } from '../../src/modules/matching/active-models.ts'
import { prepare } from '../../src/modules/matching/domain/prepare.ts'
import { rank } from '../../src/modules/matching/domain/rank.ts'
import { pairValue } from '../../src/modules/matching/domain/score.ts'
import type { Facts } from '../../src/modules/matching/domain/types.ts'
import { findCandidates } from '../../src/modules/matching/find-candidates.ts'
import { matchDocument, minScore } from '../../src/modules/matching/match-document.ts'
import { explainPair, withOwnDecisions } from '../../src/modules/matching/score-hits.ts'
import { scoreInTurns } from '../../src/modules/matching/score-in-turns.ts'
import type { SyntheticDocument, SyntheticMarket } from './synthetic-match-documents.ts'

type Deps = { db: Db; clock: Clock }

/** Milliseconds. */
export type Spread = { p50: number; p95: number; max: number; runs: number }

const wanted = 50

/** As many until the code is compiled for good; the first ones take half as long again. */
const matchesToWarmUp = 200

/** The first match reads the titles of the side; nobody else waits for that. Those that follow are of demands nobody measures. */
export async function warmUp(deps: Deps, market: SyntheticMarket) {
  const from = performance.now()
  await measureMatch(deps, market.documentOf('demand', 1_000_000).facts)
  const seconds = (performance.now() - from) / 1000
  for (let number = 1; number < matchesToWarmUp; number += 1) {
    await measureMatch(deps, market.documentOf('demand', 1_000_000 + number).facts)
  }
  return { seconds }
}

/**
 * Every demand once: candidates, then gates and scores, then reasons for the best 50. The listings are read and prepared
 * as they come; among 300,000 hardly one of them is known from the warming up.
 */
export async function measureMatches(
  deps: Deps & { pool: pg.Pool },
  run: { market: SyntheticMarket; demands: number },
) {
  const times = { candidates: [] as number[], score: [] as number[], match: [] as number[], stored: [] as number[] }
  const half = Math.floor(run.demands / 2)
  const before = process.cpuUsage()
  for (let number = 0; number < half; number += 1) {
    const { facts } = run.market.documentOf('demand', number)
    const { candidates, score } = await measureMatch(deps, facts)
    times.candidates.push(candidates)
    times.score.push(score)
    times.match.push(candidates + score)
  }
  const { user, system } = process.cpuUsage(before)
  for (let number = half; number < run.demands; number += 1) {
    const { facts } = run.market.documentOf('demand', number)
    times.stored.push(await timed(() => matchDocument(deps, facts.id as Id<'demand'>)))
  }
  const whole: number[] = []
  for (let number = 0; number < Math.min(half, 12); number += 1) {
    whole.push(await rankWholeOr(deps.pool, run.market.documentOf('demand', number)))
  }
  const wholeOr = spreadOf(whole)
  const match = spreadOf(times.match)
  return {
    candidates: spreadOf(times.candidates),
    score: spreadOf(times.score),
    match,
    stored: spreadOf(times.stored),
    wholeOr,
    ratio: wholeOr.p50 / match.p50,
    ratioOfCandidates: wholeOr.p50 / spreadOf(times.candidates).p50,
    cpuPerMatch: (user + system) / 1000 / half,
    pairMicroseconds: await pairMicroseconds(deps, run.market),
  }
}

/** All features of a pair whose sides are prepared. */
async function pairMicroseconds({ db }: Deps, market: SyntheticMarket): Promise<number> {
  const { textModel, scoreModel } = await activeModels(db)
  const preparedOf = (kind: 'supply' | 'demand', count: number) =>
    Array.from({ length: count }, (_, number) => prepare(market.documentOf(kind, number).facts, textModel))
  const [demands, supplies] = [preparedOf('demand', 50), preparedOf('supply', 1_000)]
  const from = performance.now()
  for (const demand of demands) for (const supply of supplies) pairValue(demand, supply, scoreModel)
  return ((performance.now() - from) * 1000) / (demands.length * supplies.length)
}

async function measureMatch({ db, clock }: Deps, facts: Facts): Promise<{ candidates: number; score: number }> {
  const from = performance.now()
  const today = chinaDay(clock.now())
  const models = await activeModels(db)
  const prepared = prepare(facts, models.textModel)
  const asker = { facts, ...models, today }
  const [hits, own] = await Promise.all([
    findCandidates(db, { ...asker, own: prepared }, { gatedOn: today }),
    withOwnDecisions(db, prepared, models.scoreModel),
  ])
  const candidates = performance.now() - from
  const scored = await scoreInTurns(db, { ...asker, own }, { hits, wanted, threshold: minScore })
  for (const { prepared } of rank(scored, { threshold: minScore, limit: wanted }))
    explainPair(own, prepared, models.scoreModel)
  return { candidates, score: performance.now() - from - candidates }
}

/** What a full-text search would do: all terms under which the demand itself stands in the index, ranked by ts_rank. */
async function rankWholeOr(pool: pg.Pool, { terms }: SyntheticDocument): Promise<number> {
  const query = terms.map((term) => `'${term.replace(/['\\]/g, '$&$&')}'`).join(' | ')
  return timed(() =>
    pool.query(
      `select listing_id from match_documents where kind = 'supply' and terms @@ $1::tsquery
       order by ts_rank(terms, $1::tsquery) desc, listing_id limit 200`,
      [query],
    ),
  )
}

/**
 * Recall@200: how many of the 200 supplies with the best exact scores are among the candidates. A candidate that
 * scores like the 200th counts, since equal scores have no order.
 */
export async function measureRecall(
  { db }: Deps,
  {
    market,
    demands,
    listings,
    say,
  }: {
    market: SyntheticMarket
    demands: number
    listings: number
    say: (line: string) => void
  },
) {
  const models = await activeModels(db)
  const { textModel, scoreModel } = models
  const own = Array.from({ length: demands }, (_, number) => market.documentOf('demand', number).facts)
  const prepared = own.map((facts) => prepare(facts, textModel))
  const values = own.map(() => new Float64Array(listings))
  for (let number = 0; number < listings; number += 1) {
    if (number > 0 && number % 100_000 === 0) say(`${number} supplies scored exactly`)
    const { facts } = market.documentOf('supply', number)
    const supply = prepare({ ...facts, body: '' }, textModel)
    prepared.forEach((demand, index) => {
      const list = values[index]
      if (list) list[number] = demand.facts.orgId === facts.orgId ? -1 : pairValue(demand, supply, scoreModel)
    })
  }
  let sum = 0
  for (const [index, facts] of own.entries()) {
    const exact = values[index] ?? new Float64Array()
    const cut = Float64Array.from(exact).sort()[Math.max(0, listings - 200)] ?? 0
    const found = (await findCandidates(db, { ...models, facts })).map((uuid) => exact[numberOf(uuid)] ?? -1)
    sum += Math.min(200, found.filter((value) => value >= cut).length) / Math.min(200, listings)
  }
  return { recall: sum / demands, demands }
}

/** The number is the last part of the UUID. */
function numberOf(uuid: string): number {
  return Number.parseInt(uuid.slice(-12), 16)
}

export async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return performance.now() - from
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? Number.NaN, runs: sorted.length }
}
