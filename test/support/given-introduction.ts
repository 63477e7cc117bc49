import type { Id } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { answerIntroduction } from '../../src/modules/introductions/answer-introduction.ts'
import type { Introduction } from '../../src/modules/introductions/index.ts'
import { openIntroduction } from '../../src/modules/introductions/open-introduction.ts'
import { introductions } from '../../src/modules/introductions/table.ts'
import { claimItems } from '../../src/modules/review/claim-items.ts'
import { decideItem } from '../../src/modules/review/decide-item.ts'
import { openItems } from '../../src/modules/review/open-items.ts'
import { givenMatches } from '../modules/review/given-items.ts'
import type { GivenListing, Made } from './given.ts'
import type { Harness } from './harness.ts'

export type IntroducedPair = {
  introduction: Introduction
  matchId: Id<'match'>
  demand: Made
  supply: Made
  broker: Principal
}
type Wanted = { demand?: GivenListing; supply?: GivenListing; broker?: Principal }

/** A match that a broker approved, through the queue as in production; nothing that follows has run. */
export async function givenApprovedMatch(
  harness: Pick<Harness, 'deps' | 'clock' | 'given'>,
  { demand: wantedDemand, supply: wantedSupply, broker: wantedBroker }: Wanted = {},
): Promise<Omit<IntroducedPair, 'introduction'>> {
  const { deps, given } = harness
  const demand = await given.publishedDemand(wantedDemand)
  const supply = await given.publishedSupply(wantedSupply)
  const broker = wantedBroker ?? (await given.broker())
  const [matchId] = await givenMatches(harness, [{ demand: demand.listing, supply: supply.listing }])
  if (matchId === undefined) throw new Error('the pair made no match')
  await openItems(deps, { matchIds: [matchId] })
  const { views } = await claimItems(deps, broker, { limit: 50, demandId: demand.listing.id as Id<'demand'> })
  const view = views.find(({ item }) => item.matchId === matchId)
  if (!view?.lease.leaseToken) throw new Error('the broker got no lease on the match')
  await decideItem(deps, broker, { id: view.item.id, leaseToken: view.lease.leaseToken, decision: 'approve' })
  return { matchId, demand, supply, broker }
}

/** An introduction whose two sides have been asked. */
export async function givenIntroduction(
  harness: Pick<Harness, 'deps' | 'clock' | 'given'>,
  wanted: Wanted = {},
): Promise<IntroducedPair> {
  const approved = await givenApprovedMatch(harness, wanted)
  await openIntroduction(harness.deps, { matchId: approved.matchId })
  const rows = await harness.deps.db.select().from(introductions)
  const introduction = rows.find(({ matchId }) => matchId === approved.matchId)
  if (introduction === undefined) throw new Error('nobody was asked')
  return { ...approved, introduction }
}

/** An introduction that both sides have accepted. */
export async function givenAcceptedIntroduction(
  harness: Pick<Harness, 'deps' | 'clock' | 'given'>,
  wanted: Wanted = {},
): Promise<IntroducedPair> {
  const asked = await givenIntroduction(harness, wanted)
  const { id } = asked.introduction
  await answerIntroduction(harness.deps, asked.demand.owner, { id, answer: 'accept' })
  const introduction = await answerIntroduction(harness.deps, asked.supply.owner, { id, answer: 'accept' })
  return { ...asked, introduction }
}
