import type { Db } from '../../db/client.ts'
import { chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { getIntroduction, type Introduction } from '../introductions/index.ts'
import { findListing } from '../listings/index.ts'
import type { BilingualText } from './domain/kinds.ts'
import type { Notice } from './domain/notice.ts'

type Party = 'demand' | 'supply' | 'broker'

/** What became of an introduction; who is told what is read from its row when the job runs. */
export type IntroductionFact = { id: Id<'introduction'> } & (
  | { topic: 'introduction_asked' | 'introduction_chased' | 'introduction_ended' }
  | { topic: 'introduction_answered'; side: 'demand' | 'supply' }
  | { topic: 'introduction_message'; author: Party; day: string }
  | { topic: 'introduction_meeting'; by: Party; subject: string }
)

const words = {
  accepted: { zh: '双方均已同意，联系方式现已互见', en: 'both sides have accepted and see each other’s contact data' },
  oneAccepted: { zh: '一方已同意，等待另一方答复', en: 'one side has accepted, the other is still to answer' },
  declined: { zh: '一方已谢绝', en: 'one side has declined' },
  unanswered: { zh: '逾期未答复，已结束', en: 'it ended unanswered' },
  ended: { zh: '已结束', en: 'it has ended' },
} as const satisfies Record<string, BilingualText>

/** Notices about an introduction: to those who are to act, and to those who wait. */
export async function noticesOfIntroduction(db: Db, fact: IntroductionFact): Promise<Notice[]> {
  const introduction = await getIntroduction(db, fact.id)
  const params = await paramsOf(db, introduction)
  if (params === undefined) return []
  const all = recipientsOf(introduction)
  const tell = (parties: readonly Party[], notice: Pick<Notice, 'kind' | 'subjectId'> & { answer?: BilingualText }) => {
    const { answer, ...rest } = notice
    return parties.map(
      (party): Notice => ({ ...all[party], ...rest, params: { ...params, ...(answer && { answer }) } }),
    )
  }
  switch (fact.topic) {
    case 'introduction_asked':
      return introduction.state === 'asked'
        ? tell(['demand', 'supply'], { kind: 'introduction.asked', subjectId: fact.id })
        : []
    case 'introduction_chased':
      return tell(silentSides(introduction), {
        ...{ kind: 'introduction.chased', subjectId: `${fact.id}@${introduction.chases}` },
      })
    case 'introduction_answered': {
      const others = (['demand', 'supply', 'broker'] as const).filter((party) => party !== fact.side)
      const subjectId = `${fact.id}@answered-${fact.side}`
      return tell(others, { kind: 'introduction.answered', subjectId, answer: answerOf(introduction) })
    }
    case 'introduction_ended': {
      const others = (['demand', 'supply', 'broker'] as const).filter((party) => party !== introduction.endedBy)
      return tell(others, {
        kind: 'introduction.answered',
        subjectId: `${fact.id}@ended`,
        answer: answerOf(introduction),
      })
    }
    case 'introduction_message':
      return tell(otherThan(fact.author), { kind: 'introduction.message', subjectId: `${fact.id}@${fact.day}` })
    case 'introduction_meeting':
      return tell(otherThan(fact.by), { kind: 'introduction.meeting', subjectId: fact.subject })
  }
}

function otherThan(one: Party): Party[] {
  return (['demand', 'supply', 'broker'] as const).filter((party) => party !== one)
}

/** Organisations for the sides, the one user for the broker. */
function recipientsOf({ demandOrgId, supplyOrgId, brokerOrgId, brokerId }: Introduction) {
  return {
    demand: { orgId: demandOrgId },
    supply: { orgId: supplyOrgId },
    broker: { orgId: brokerOrgId, userIds: [brokerId] },
  } satisfies Record<Party, Pick<Notice, 'orgId' | 'userIds'>>
}

/** Nobody is reminded of what has been answered or has ended meanwhile. */
function silentSides({ state, demandAnswer, supplyAnswer }: Introduction): Party[] {
  if (state !== 'asked') return []
  return [...(demandAnswer === null ? ['demand' as const] : []), ...(supplyAnswer === null ? ['supply' as const] : [])]
}

function answerOf({ state, endedBy }: Introduction): BilingualText {
  if (state === 'asked') return words.oneAccepted
  if (state === 'declined') return words.declined
  if (state === 'closed') return endedBy === 'silence' ? words.unanswered : words.ended
  return words.accepted
}

async function paramsOf(db: Db, { id, demandId, supplyId, answerBy }: Introduction) {
  const [demand, supply] = [await findListing(db, demandId), await findListing(db, supplyId)]
  if (demand === undefined || supply === undefined) return undefined
  return {
    ...{ introductionId: id, demandId, supplyId, answerBy: chinaDay(answerBy) },
    ...{ demandTitle: demand.content.title, supplyTitle: supply.content.title },
  }
}
