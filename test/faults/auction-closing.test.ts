import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/clock.ts'
import { anonymous } from '../../src/kernel/principal.ts'
import { limitConcurrency } from '../../src/kernel/turns.ts'
import type { Audit } from '../../src/modules/auctions/domain/audit.ts'
import { verifyAudit } from '../../src/modules/auctions/domain/verify-audit.ts'
import { sha256 } from '../../src/modules/auctions/hashing.ts'
import { type Lot, listDueLots } from '../../src/modules/auctions/lot-repo.ts'
import type { PlacedBid } from '../../src/modules/auctions/place-bid.ts'
import { readAudit } from '../../src/modules/auctions/read-audit.ts'
import { bid, givenAuction, live, vault } from '../modules/auctions/given-auction.ts'
import { bundleForNode } from '../support/bundle.ts'
import { useTestDatabase } from '../support/db.ts'
import { admitBidders, type Bidder, insertBidders } from '../support/given-bidders.ts'
import { seededRandom } from './auctions/bidding.ts'
import { insertLots } from './auctions/many-lots.ts'
import { isLong } from './auctions/stage.ts'

const database = useTestDatabase()
const lots = 500
const windowMs = isLong ? 10_000 : 4_000
const timing = { softCloseMs: 1_000, capMs: 2_000 }
const random = seededRandom(20_241_111)

it('FT-4: five hundred lots end together while closers are killed: each ends once, as its bids say', async () => {
  const { db } = database
  const { lot: model } = await givenAuction(db, { saleMode: 'ordinary_licence' })
  const firstEndMs = systemClock.now().getTime() + 4_000
  const endsAt = (index: number) => new Date(firstEndMs + Math.floor((index / lots) * windowMs))
  const open = await insertLots(db, model, { count: lots, ...timing, endsAt })
  const bidders = await insertBidders(db, 8)
  await admitBidders(
    db,
    open.map(({ id }) => id),
    bidders,
  )

  const untilMs = firstEndMs + windowMs + timing.capMs
  const closing = killClosersUntil(untilMs)
  const acknowledged = (await Promise.all(bidders.map((bidder) => bidUntil(untilMs, bidder, open)))).flat()
  const kills = await closing

  // A few at a time: five hundred readers at once would time out waiting for a connection on a busy machine.
  const inTurn = limitConcurrency(5)
  const read = ({ id }: Lot) => inTurn(() => readAudit({ db, vault, live }, anonymous, id))
  const audits = await Promise.all(open.map(read))
  expect(audits.flatMap((audit) => verifyAudit(audit, sha256))).toEqual([])
  expect(audits.flatMap((audit) => wrongAwards(audit))).toEqual([])
  const bids = new Map(audits.map((audit) => [audit.terms.lotId as string, audit.bids]))
  const lost = acknowledged.filter(({ lotId, seq, amountFen }) => bids.get(lotId)?.[seq - 1]?.amountFen !== amountFen)
  expect(lost).toEqual([])
  expect(bids.size).toBe(lots)
  const extended = audits.filter(({ finalEndsAt, terms }) => finalEndsAt > terms.endsAt).length
  const outcomes = new Set(audits.map(({ outcome, unsoldReason }) => unsoldReason ?? outcome))
  process.stdout.write(`FT-4: ${acknowledged.length} bids, ${extended} lots extended, ${kills} closers killed\n`)
  expect([...outcomes].sort()).toEqual(['no_bids', 'reserve_not_met', 'sold'])
  expect(Math.min(extended, kills)).toBeGreaterThan(2)
}, 180_000)

type Acknowledged = { lotId: string } & Pick<PlacedBid, 'seq' | 'amountFen'>

/** Bids on lots whose end is near, and on some that have ended already. */
async function bidUntil(untilMs: number, bidder: Bidder, open: readonly Lot[]): Promise<Acknowledged[]> {
  const taken: Acknowledged[] = []
  for (let nowMs = 0; nowMs < untilMs; nowMs = systemClock.now().getTime()) {
    const near = open.filter(({ plannedEndsAt }) => Math.abs(plannedEndsAt.getTime() - nowMs) < timing.softCloseMs)
    const lot = near[Math.floor(random() * near.length)]
    if (lot === undefined) {
      await sleep(50)
      continue
    }
    const limit = (10 + Math.floor(random() * 20)) * 10_000
    const placed = await bid(database.db, bidder, lot.id, limit, random() < 0.3).catch(() => undefined)
    if (placed !== undefined) taken.push({ lotId: lot.id, seq: placed.seq, amountFen: placed.amountFen })
  }
  return taken
}

/**
 * Three closers; every while the oldest is killed, in the middle of its work, and another takes its place. The last ones live
 * until nothing is due. @returns how many were killed at work.
 */
async function killClosersUntil(untilMs: number): Promise<number> {
  const script = await bundleForNode('test/faults/auctions/closer.ts')
  const start = () => fork(script, [database.url], { execArgv: [] })
  const closers = [start(), start(), start()]
  let kills = 0
  while (systemClock.now().getTime() < untilMs) {
    await sleep(1_500)
    await end(closers.shift())
    closers.push(start())
    kills += 1
  }
  await expect.poll(() => listDueLots(database.db, 1), { timeout: 60_000 }).toEqual([])
  await Promise.all(closers.map(end))
  return kills
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/** One award where it was sold, none elsewhere. */
function wrongAwards({ terms, outcome, awards }: Audit): string[] {
  return awards.length === (outcome === 'sold' ? 1 : 0) ? [] : [`${terms.lotId}: ${awards.length} awards`]
}
