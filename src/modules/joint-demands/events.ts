import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

const joint = z.object({ jointDemandId: idSchema('jointDemand') })

/** An operator has accepted the proposal: the members are asked. */
export const jointDemandInvited = defineEvent('joint_demand.invited', 1, joint)
/** At least two have agreed: the leading member has a draft of the joint demand. */
export const jointDemandOpened = defineEvent('joint_demand.opened', 1, joint)
/** Fewer than two have agreed. */
export const jointDemandDropped = defineEvent('joint_demand.dropped', 1, joint)
