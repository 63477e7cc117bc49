import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Agent, request } from 'undici'
import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { newId } from '../../src/kernel/ids.ts'
import { listBids } from '../../src/modules/auctions/bid-repo.ts'
import { bidText } from '../../src/modules/auctions/domain/chain.ts'
import { sha256 } from '../../src/modules/auctions/hashing.ts'
import { placeBid } from '../../src/modules/auctions/place-bid.ts'
import { toAuditedBid } from '../../src/modules/auctions/read-audit.ts'
import { projectRoot } from '../../src/project-root.ts'
import { givenAuction } from '../modules/auctions/given-auction.ts'
import { admitBidders, type Bidder, insertBidders } from '../support/given-bidders.ts'
import { machine, openStage, quantile, type Stage } from './stage.ts'

/**
 * `npm run bench:auction -- [--bidders 200] [--attempts 10000] [--http]`: bidders send bids to one lot, on PostgreSQL with fsync
 * as in production and 20 connections, through the use case or through the API in a process of its own. Each sends its next
 * bid when the last one was answered: the least amount that any of them has heard of, or up to two steps more. Afterwards
 * the chain is verified. Prints a table and writes dist/bench-auction.json.
 */
const option = (value: string) => ({ type: 'string', default: value }) as const
const { values } = parseArgs({
  options: { bidders: option('200'), attempts: option('10000'), http: { type: 'boolean', default: false } },
})
const [bidderCount, attempts] = [Number(values.bidders), Number(values.attempts)]
const step = 10_000

/** What the bidder hears: the least next amount where it was told one, and whether its bid was taken. */
type Answer = { code: string; leastFen: number | undefined }
type Send = (bidder: Bidder, limitFen: number) => Promise<Answer>

const stage = await openStage({ DATABASE_POOL_SIZE: '20' })
const { db } = stage.database
try {
  const { lot } = await givenAuction(db, { ladder: [{ fromFen: 0, stepFen: step }] })
  const bidders = await insertBidders(db, bidderCount)
  await admitBidders(db, [lot.id], bidders)
  const send = values.http ? await overHttp(stage) : throughUseCase()
  const measured = await run(bidders, send, lot.startFen)
  await report(measured)

  function throughUseCase(): Send {
    const live = memoryLiveChannel()
    return (bidder, limitFen) =>
      placeBid({ db, live }, bidder, { lotId: lot.id, limitFen, isMaximum: false, key: newId('event') }).then(
        ({ leastFen }) => ({ code: 'taken', leastFen }),
        (error: unknown) => {
          if (!(error instanceof AppError)) throw error
          return { code: error.code, leastFen: error.details?.leastFen as number | undefined }
        },
      )
  }

  async function overHttp({ startApi }: Stage): Promise<Send> {
    const { origin } = await startApi()
    const dispatcher = new Agent({ connections: bidderCount })
    return async ({ token }, amountFen) => {
      const answer = await request(`${origin}/v1/auctions/${lot.id}/bids`, {
        ...{ dispatcher, method: 'POST', body: JSON.stringify({ amountFen }) },
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': newId('event'),
        },
      })
      const body = (await answer.body.json()) as { code?: string; leastFen?: number; details?: { leastFen?: number } }
      return { code: body.code ?? 'taken', leastFen: body.leastFen ?? body.details?.leastFen }
    }
  }

  async function report({ seconds, times, codes, cpuMs }: Awaited<ReturnType<typeof run>>): Promise<void> {
    const bids = (await listBids(db, lot.id)).map(toAuditedBid)
    const isChained = bids.every((one, i) => {
      const before = bids[i - 1] ?? { hash: lot.termsHash, amountFen: 0 }
      const follows = one.seq === i + 1 && one.previousHash === before.hash && one.amountFen > before.amountFen
      return follows && sha256(bidText(one.previousHash, one)) === one.hash
    })
    const [rate, p50, p95] = [Math.round(times.length / seconds), quantile(times, 0.5), quantile(times, 0.95)]
    const how = values.http ? 'HTTP, one API process' : 'use case'
    const taken = codes.get('taken') ?? 0
    console.log(`\n${machine}; ${how}, ${bidderCount} bidders, ${times.length} attempts, 20 connections\n`)
    console.log('| attempts/s | p50 ms | p95 ms | taken | recorded | chain | target |\n|---|---|---|---|---|---|---|')
    const chain = isChained ? 'intact' : 'BROKEN'
    console.log(`| ${rate} | ${p50} | ${p95} | ${taken} | ${bids.length} | ${chain} | ≥ 2000/s, p95 ≤ 150 ms |`)
    console.log(
      `\nanswers: ${JSON.stringify(Object.fromEntries(codes))}; this process ${cpuMs.toFixed(2)} ms CPU an attempt`,
    )
    const figures = { machine, how, bidderCount, rate, p50, p95, taken, recorded: bids.length, isChained, cpuMs }
    await writeFile(join(projectRoot(), 'dist/bench-auction.json'), JSON.stringify(figures, null, 2))
    if (!isChained || taken !== bids.length) process.exitCode = 1
  }
} finally {
  await stage.stop()
}

async function run(bidders: readonly Bidder[], send: Send, startFen: number) {
  const times: number[] = []
  const codes = new Map<string, number>()
  let [least, left] = [startFen, attempts]
  const lane = async (bidder: Bidder) => {
    while (left > 0) {
      left -= 1
      const began = performance.now()
      const { code, leastFen = 0 } = await send(bidder, least + step * Math.floor(Math.random() * 3))
      times.push(performance.now() - began)
      codes.set(code, (codes.get(code) ?? 0) + 1)
      least = Math.max(least, leastFen)
    }
  }
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  await Promise.all(bidders.map(lane))
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (performance.now() - began) / 1_000, times, codes, cpuMs: (user + system) / 1_000 / attempts }
}
