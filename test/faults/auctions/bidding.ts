import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { type Id, newId } from '../../../src/kernel/ids.ts'
import type { Bidder } from '../../support/given-bidders.ts'

/** What a bidder knows of one of its requests in the end. It repeats each under its key until it gets a definite answer. */
export type Attempt = {
  key: string
  /** Whether the bid was taken: accepted, or covered by an earlier maximum. */
  isTaken: boolean
  code: string
  answer: Answer
  isReplay: boolean
  tries: number
  ms: number
}

type Answer = {
  code?: string
  outcome?: string
  seq?: number
  amountFen?: number
  leastFen?: number
  bidderNumber?: number
}

type Bidding = {
  lotId: Id<'auction'>
  startFen: number
  bidders: readonly Bidder[]
  /** Where to send a request; asked again for each try. */
  originFor(turn: number): string
  isOver(attempts: number): boolean
  random(): number
}

const stepFen = 10_000
const giveUpAfterMs = 30_000

/** Of a bidder between two bids, at most: what restarts meanwhile needs some of the processor, too. */
const pauseMs = 60

/** All bidders bid at once, each its next soon after the last was answered, until it is over. @returns everything that was asked. */
export async function bidAll({ bidders, isOver, ...bidding }: Bidding): Promise<Attempt[]> {
  const dispatcher = new Agent({ connections: bidders.length, headersTimeout: 5_000, bodyTimeout: 5_000 })
  const history: Attempt[] = []
  let least = bidding.startFen
  const lane = async ({ token }: Bidder) => {
    while (!isOver(history.length)) {
      const limit = least + stepFen * Math.floor(bidding.random() * 3)
      const body = bidding.random() < 0.2 ? { maximumFen: limit + 2 * stepFen } : { amountFen: limit }
      const attempt = await untilAnswered({ ...bidding, dispatcher, token, body: JSON.stringify(body) })
      history.push(attempt)
      least = Math.max(least, attempt.answer.leastFen ?? 0)
      await sleep(bidding.random() * pauseMs)
    }
  }
  await Promise.all(bidders.map(lane))
  await dispatcher.close()
  return history
}

type Sent = Omit<Bidding, 'bidders' | 'isOver'> & { dispatcher: Agent; token: string; body: string }

async function untilAnswered({ dispatcher, lotId, token, body, originFor }: Sent): Promise<Attempt> {
  const key = newId('event')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
  const from = performance.now()
  for (let tries = 1; performance.now() < from + giveUpAfterMs; tries += 1) {
    try {
      const url = `${originFor(tries)}/v1/auctions/${lotId}/bids`
      const reply = await request(url, { dispatcher, method: 'POST', headers, body })
      const answer = (await reply.body.json()) as Answer
      if (reply.statusCode < 500) {
        const isTaken = reply.statusCode === 201 || answer.code === 'BID_COVERED'
        const isReplay = reply.headers['idempotency-replayed'] === 'true'
        const ms = performance.now() - from
        return { key, isTaken, code: answer.code ?? 'TAKEN', answer, isReplay, tries, ms }
      }
    } catch {
      // Nobody knows what became of it: the same key asks again.
    }
    await sleep(20)
  }
  throw new Error(`no answer to ${key} within ${giveUpAfterMs} ms`)
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
