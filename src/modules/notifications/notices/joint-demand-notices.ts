import type { Db } from '../../../db/client.ts'
import { chinaDay } from '../../../kernel/clock.ts'
import type { Id } from '../../../kernel/ids.ts'
import {
  getJoint,
  jointDemandDropped,
  jointDemandInvited,
  jointDemandOpened,
  listMembersOf,
} from '../../joint-demands/index.ts'
import type { Notice } from '../domain/notice.ts'
import { type NoticeRule, noticesOn } from './rule.ts'

type Fact = { jointDemandId: Id<'jointDemand'> }

/** To each member of its own demand: who the others are, nobody is told before it has agreed. */
export const jointDemandNotices: readonly NoticeRule[] = [
  noticesOn(jointDemandInvited, { notices: (db, fact) => tell(db, fact, 'joint_demand.invited') }),
  noticesOn(jointDemandOpened, { notices: (db, fact) => tell(db, fact, 'joint_demand.opened') }),
  noticesOn(jointDemandDropped, { notices: (db, fact) => tell(db, fact, 'joint_demand.dropped') }),
]

async function tell(db: Db, { jointDemandId }: Fact, kind: Notice['kind']): Promise<Notice[]> {
  const { title, answerBy } = await getJoint(db, jointDemandId)
  const members = await listMembersOf(db, [jointDemandId])
  const told = kind === 'joint_demand.invited' ? members : members.filter(({ answer }) => answer === 'agreed')
  return told.map(({ orgId, demandId }) => ({
    ...{ orgId, kind, subjectId: jointDemandId },
    params: {
      ...{ jointDemandId, demandId, listingTitle: title, demandCount: members.length },
      ...(answerBy && { answerBy: chinaDay(answerBy) }),
    },
  }))
}
