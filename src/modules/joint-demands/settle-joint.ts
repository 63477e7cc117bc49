import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Vault } from '../../ports/vault.ts'
import { findActor } from '../identity/index.ts'
import { createListing, findListings, type Listing, type ListingKinds } from '../listings/index.ts'
import { splitCost } from './domain/cost-split.ts'
import { jointMachine, resultOf } from './domain/joint-demand.ts'
import { jointDemandDropped, jointDemandOpened } from './events.ts'
import { jointBody } from './joint-body.ts'
import {
  type Joint,
  type JointMember,
  listMembersOf,
  listOverdue,
  lockJoint,
  updateJoint,
  updateMember,
} from './joint-repo.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; listingKinds: ListingKinds }

/** Settles invitations whose time is up: who has not answered has declined. */
export async function settleOverdue(deps: Deps): Promise<undefined> {
  for (const id of await listOverdue(deps.db, deps.clock.now())) {
    await withTx(deps.db, async (tx) => settleJoint({ ...deps, db: tx }, await lockJoint(tx, id)))
  }
}

/** Opens or drops what the answers have settled; the caller holds the row. What is still open, or was ended, stays. */
export async function settleJoint(deps: Deps & { db: Tx }, joint: Joint): Promise<void> {
  if (joint.state !== 'inviting' || joint.answerBy === null) return
  const { db: tx, clock } = deps
  const now = clock.now()
  const members = await listMembersOf(tx, [joint.id])
  const result = resultOf(members, joint.answerBy <= now)
  if (result === undefined) return
  const agreed = members.filter(({ answer }) => answer === 'agreed')
  const demandId = result === 'open' ? await openDraft(deps, agreed) : undefined
  const action = demandId === undefined ? 'drop' : 'open'
  const values = { state: move(jointMachine, joint.state, action), endedAt: now, demandId: demandId ?? null }
  await updateJoint(tx, joint.id, values)
  const fact = { jointDemandId: joint.id }
  await appendEvents(tx, [demandId === undefined ? jointDemandDropped(fact, now) : jointDemandOpened(fact, now)])
}

/**
 * The draft, in the name of who agreed for the member that bears most; the cost is split anew among those who agreed. None
 * when nobody of them may act any more.
 */
async function openDraft(deps: Deps & { db: Tx }, agreed: readonly JointMember[]): Promise<Id<'demand'> | undefined> {
  const { db: tx } = deps
  const shares = splitCost(agreed.map(({ budgetFen }) => budgetFen))
  for (const [index, member] of agreed.entries()) await updateMember(tx, member, { shareBp: shares[index] ?? 0 })
  const byShare = agreed.map((member, index) => ({ member, share: shares[index] ?? 0 }))
  byShare.sort((one, other) => other.share - one.share)
  const demands = await findListings(
    tx,
    agreed.map(({ demandId }) => demandId),
  )
  for (const { member } of byShare) {
    const lead = demands.find(({ id }) => id === member.demandId)
    const actor = member.answeredBy === null ? undefined : await findActor(tx, member.answeredBy)
    if (lead === undefined || actor === undefined) continue
    const body = jointBody(lead, othersOf(demands, lead))
    const draft = await createListing(deps, actor, { definition: deps.listingKinds.demand, body })
    return draft.id as Id<'demand'>
  }
  return undefined
}

function othersOf(demands: readonly Listing[], lead: Listing): Listing[] {
  return demands.filter(({ id }) => id !== lead.id)
}
