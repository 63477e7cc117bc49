import type { Id } from '../../../kernel/ids.ts'
import { jointDemandDropped, jointDemandInvited, jointDemandOpened } from '../../joint-demands/index.ts'
import { announceOn } from './announcement.ts'

/** All members hear of the invitation; of what became of it those who had agreed, as by notice. */
export const jointDemandAnnouncements = [
  announceOn(jointDemandInvited, 'joint_demand.invited', ({ jointDemandId }) => ({
    data: { jointDemandId },
    audience: { of: 'members', jointDemandId, who: 'all' },
  })),
  announceOn(jointDemandOpened, 'joint_demand.opened', toThoseWhoAgreed),
  announceOn(jointDemandDropped, 'joint_demand.dropped', toThoseWhoAgreed),
]

function toThoseWhoAgreed({ jointDemandId }: { jointDemandId: Id<'jointDemand'> }) {
  return { data: { jointDemandId }, audience: { of: 'members' as const, jointDemandId, who: 'agreed' as const } }
}
