import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Id, newId, uuidToId } from '../../kernel/ids.ts'
import { findListings, type Listing } from '../listings/index.ts'
import { findAlikeDemands } from './alike-view.ts'
import { splitCost } from './domain/cost-split.ts'
import { groupsOf, type Member } from './domain/group.ts'
import { insertJoint } from './joint-repo.ts'

type Deps = { db: Db; clock: Clock }

/** Proposes demands of several organisations that want nearly the same as one; each demand once. */
export async function proposeJoints({ db, clock }: Deps): Promise<undefined> {
  const { pairs, members } = await findAlikeDemands(db)
  for (const group of groupsOf(pairs, members)) await propose({ db, clock }, group)
}

async function propose({ db, clock }: Deps, group: readonly Member[]): Promise<void> {
  const ids = group.map(({ demandId }) => uuidToId('demand', demandId))
  const demands = (await findListings(db, ids)).sort((one, other) => (one.id < other.id ? -1 : 1))
  const [oldest] = demands
  if (oldest === undefined) return
  const budgets = demands.map(budgetOf)
  const shares = splitCost(budgets)
  const joint = {
    ...{ id: newId('jointDemand'), market: oldest.market, title: oldest.content.title, state: 'proposed' as const },
    ...{ demandId: null, decidedBy: null, decidedAt: null, answerBy: null, endedAt: null, createdAt: clock.now() },
  }
  const members = demands.map(({ id, orgId }, index) => ({
    ...{ jointId: joint.id, demandId: id as Id<'demand'>, orgId, budgetFen: budgets[index] ?? null },
    ...{ shareBp: shares[index] ?? 0, answer: null, answeredBy: null, answeredAt: null },
  }))
  await withTx(db, (tx) => insertJoint(tx, joint, members))
}

function budgetOf({ details: { budgetMaxFen } }: Listing): number | null {
  return typeof budgetMaxFen === 'number' ? budgetMaxFen : null
}
