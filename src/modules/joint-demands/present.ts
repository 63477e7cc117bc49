import type { z } from 'zod'
import type { JointView } from './read-joint.ts'
import type { jointResponse } from './schemas.ts'

export function toJointResponse({ joint, memberCount, members }: JointView): z.input<typeof jointResponse> {
  const { id, market, title, state, answerBy, demandId, createdAt, endedAt } = joint
  return {
    ...{ id, market, title, state, memberCount },
    members: members.map(({ member, organisation }) => ({
      organisation: organisation && { id: organisation.id, name: organisation.name },
      demandId: member.demandId,
      budgetFen: member.budgetFen ?? undefined,
      shareBasisPoints: member.shareBp,
      answer: member.answer ?? undefined,
    })),
    answerBy: answerBy?.toISOString(),
    demandId: demandId ?? undefined,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString(),
  }
}
