import { z } from 'zod'
import { compose } from '../src/compose.ts'
import type { Config } from '../src/config.ts'
import type { Deps } from '../src/deps.ts'
import type { Id } from '../src/kernel/ids.ts'
import type { Log } from '../src/kernel/log.ts'
import type { Principal } from '../src/kernel/principal.ts'
import { findAccountByEmail, principalOf } from '../src/modules/identity/index.ts'
import { answerIntroduction } from '../src/modules/introductions/answer-introduction.ts'
import { isMutual } from '../src/modules/introductions/index.ts'
import { listIntroductions } from '../src/modules/introductions/list-introductions.ts'
import { listMessages } from '../src/modules/introductions/list-messages.ts'
import { openIntroduction } from '../src/modules/introductions/open-introduction.ts'
import { postMessage } from '../src/modules/introductions/post-message.ts'
import { type IntroductionView, readIntroduction } from '../src/modules/introductions/read-introduction.ts'
import { signNda } from '../src/modules/introductions/sign-nda.ts'
import { findListingByExternalId } from '../src/modules/listings/index.ts'
import { claimItems } from '../src/modules/review/claim-items.ts'
import { decideItem } from '../src/modules/review/decide-item.ts'
import { releaseItem } from '../src/modules/review/release-item.ts'
import { poll } from '../src/poll.ts'
import desk from './demo/desk.json' with { type: 'json' }

type SeedDeps = Pick<Deps, 'db' | 'clock' | 'vault'>

const sideOfPlan = z.object({ email: z.string(), listing: z.string() })
const talkPlan = z.object({
  broker: z.string(),
  demand: sideOfPlan,
  supply: sideOfPlan,
  /** The sides that have said yes; when both have, they have signed as well, and written. */
  accepted: z.array(z.enum(['demand', 'supply'])),
  messages: z.array(z.object({ from: z.enum(['demand', 'supply', 'broker']), text: z.string() })),
})
type TalkPlan = z.output<typeof talkPlan>
const plans = z.array(talkPlan).parse(desk.talks)

type Pair = { demandId: Id<'demand'>; supplyId: Id<'supply'> }
type Parties = Record<'demand' | 'supply' | 'broker', Principal>

const lookEveryMs = 1_000
const patienceMs = 300_000

/**
 * Of a first start: the workers are matching the demo's listings, which takes 7 s on two quiet cores and a minute on busy ones.
 * Runs beside the API until both talks are there, or for five minutes; the next start would make what is missing.
 */
export async function seedTalksWhenMatched(config: Config, log: Log, stopped: AbortSignal): Promise<void> {
  const { deps, close } = await compose(config, { role: 'worker', log })
  const done = new AbortController()
  const signal = AbortSignal.any([stopped, done.signal, AbortSignal.timeout(patienceMs)])
  try {
    await poll({ trouble: 'the demo has no talks yet', pollMs: lookEveryMs, log, signal }, async () => {
      if (await seedTalks(deps)) done.abort()
      return false
    })
  } finally {
    await close()
  }
}

/**
 * Two introductions of Ningbo: one whose sides have signed and write to each other, one that waits for the demand's answer. What is
 * there already is left alone. @returns false while a pair's match does not wait for review yet.
 */
export async function seedTalks(deps: SeedDeps): Promise<boolean> {
  let areAllThere = true
  for (const plan of plans) areAllThere = (await seedTalk(deps, plan)) && areAllThere
  return areAllThere
}

async function seedTalk(deps: SeedDeps, plan: TalkPlan): Promise<boolean> {
  const parties = {
    demand: await userOf(deps, plan.demand.email),
    supply: await userOf(deps, plan.supply.email),
    broker: await userOf(deps, plan.broker),
  }
  const pair = await pairOf(deps, parties, plan)
  const introductionId = (await findTalk(deps, parties, pair)) ?? (await openTalk(deps, parties, pair))
  if (introductionId === undefined) return false
  await carryOn(deps, parties, { introductionId, plan })
  return true
}

async function pairOf({ db }: SeedDeps, parties: Parties, plan: TalkPlan): Promise<Pair> {
  const idOf = async (kind: 'demand' | 'supply') => {
    const externalId = `demo:${plan[kind].listing}`
    const listing = await findListingByExternalId(db, parties[kind].orgId, { kind, externalId })
    if (listing === undefined) throw new Error(`the demo has no ${externalId}`)
    return listing.id
  }
  return { demandId: (await idOf('demand')) as Id<'demand'>, supplyId: (await idOf('supply')) as Id<'supply'> }
}

async function findTalk(deps: SeedDeps, { broker }: Parties, pair: Pair): Promise<Id<'introduction'> | undefined> {
  const { items } = await listIntroductions(deps, broker, { query: { limit: 100 }, page: { limit: 100 } })
  return items.find(({ introduction }) => isOf(introduction, pair))?.introduction.id
}

/** The broker takes what there is for the demand, approves the one match and gives the others back. */
async function openTalk(deps: SeedDeps, parties: Parties, pair: Pair): Promise<Id<'introduction'> | undefined> {
  const { broker } = parties
  const { views } = await claimItems(deps, broker, { limit: 50, demandId: pair.demandId })
  for (const { item, match, lease } of views) {
    const ref = { id: item.id, leaseToken: lease.leaseToken ?? '' }
    if (!isOf(match, pair)) await releaseItem(deps, broker, ref)
    else {
      await decideItem(deps, broker, { ...ref, decision: 'approve' })
      await openIntroduction(deps, { matchId: match.id })
    }
  }
  return findTalk(deps, parties, pair)
}

function isOf({ demandId, supplyId }: Pair, pair: Pair): boolean {
  return demandId === pair.demandId && supplyId === pair.supplyId
}

type Talk = { introductionId: Id<'introduction'>; plan: TalkPlan }

async function carryOn(deps: SeedDeps, parties: Parties, { introductionId: id, plan }: Talk): Promise<void> {
  const before = await readIntroduction(deps, parties.broker, id)
  for (const side of plan.accepted) {
    if (isSilent(before, side)) await answerIntroduction(deps, parties[side], { id, answer: 'accept' })
  }
  const { introduction, ndas } = await readIntroduction(deps, parties.broker, id)
  // Also where somebody who tried the demo has ended it.
  if (!isMutual(introduction)) return
  for (const side of plan.accepted) {
    if (!ndas.some((nda) => nda.side === side)) await signNda(deps, parties[side], { id, textVersion: '2026-01' })
  }
  const { page } = await listMessages(deps, parties.broker, { id, page: { limit: 100 } })
  for (const { from, text } of plan.messages.slice(page.items.length)) {
    await postMessage(deps, parties[from], { id, text })
  }
}

function isSilent({ introduction }: IntroductionView, side: 'demand' | 'supply'): boolean {
  const answer = side === 'demand' ? introduction.demandAnswer : introduction.supplyAnswer
  return introduction.state === 'asked' && answer === null
}

async function userOf({ db }: SeedDeps, email: string): Promise<Principal> {
  const account = await findAccountByEmail(db, email)
  if (account === undefined) throw new Error(`the demo names the unknown user ${email}`)
  return principalOf(account)
}
