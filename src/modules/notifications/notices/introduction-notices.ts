import type { z } from 'zod'
import type { Db } from '../../../db/client.ts'
import { chinaDay } from '../../../kernel/clock.ts'
import type { Id } from '../../../kernel/ids.ts'
import {
  getIntroduction,
  type Introduction,
  introductionAnswered,
  introductionBrokerReplaced,
  introductionChased,
  introductionClosed,
  introductionMeetingChanged,
  introductionMessagePosted,
  introductionOpened,
} from '../../introductions/index.ts'
import { findListing } from '../../listings/index.ts'
import type { BilingualText } from '../domain/kinds.ts'
import type { Notice } from '../domain/notice.ts'
import { listRecipients } from '../recipient-view.ts'
import { type NoticeRule, noticesOn } from './rule.ts'

const parties = ['demand', 'supply', 'broker'] as const
type Party = (typeof parties)[number]

/** To those who are to act, and to those who wait. A thread is told once a day, however much is written. */
export const introductionNotices: readonly NoticeRule[] = [
  noticesOn(introductionOpened, {
    notices: (db, { introductionId: id }) =>
      tell(db, id, ({ state }) => ({
        to: state === 'asked' ? ['demand', 'supply'] : [],
        ...{ kind: 'introduction.asked', subjectId: id },
      })),
  }),
  noticesOn(introductionChased, {
    notices: (db, { introductionId: id, chases }) =>
      tell(db, id, (introduction) => ({
        to: silentSides(introduction),
        ...{ kind: 'introduction.chased', subjectId: `${id}@${chases}` },
      })),
  }),
  noticesOn(introductionAnswered, {
    notices: (db, { introductionId: id, side }) =>
      tell(db, id, () => ({
        to: otherThan(side),
        ...{ kind: 'introduction.answered', subjectId: `${id}@answered-${side}` },
      })),
  }),
  noticesOn(introductionClosed, {
    notices: (db, { introductionId: id, endedBy }) =>
      tell(db, id, () => ({
        to: otherThan(endedBy),
        ...{ kind: 'introduction.answered', subjectId: `${id}@ended` },
      })),
  }),
  noticesOn(introductionBrokerReplaced, { notices: noticesOfReplacement }),
  noticesOn(introductionMessagePosted, {
    notices: (db, { introductionId: id, author, day }) =>
      tell(db, id, () => ({ to: otherThan(author), kind: 'introduction.message', subjectId: `${id}@${day}` })),
  }),
  noticesOn(introductionMeetingChanged, {
    notices: (db, { introductionId: id, meetingId, state, by }) =>
      tell(db, id, () => ({ to: otherThan(by), kind: 'introduction.meeting', subjectId: `${meetingId}@${state}` })),
  }),
]

type Telling = Pick<Notice, 'kind' | 'subjectId'> & { to: readonly Party[] }

/** Whom to tell what is decided on the row as it is when the job runs. */
async function tell(
  db: Db,
  id: Id<'introduction'>,
  decide: (introduction: Introduction) => Telling,
): Promise<Notice[]> {
  const introduction = await getIntroduction(db, id)
  const { demandId, supplyId, answerBy } = introduction
  const [demand, supply] = [await findListing(db, demandId), await findListing(db, supplyId)]
  if (demand === undefined || supply === undefined) return []
  const { to, ...notice } = decide(introduction)
  const recipients = recipientsOf(introduction)
  const params = {
    ...{ introductionId: id, demandId, supplyId, answerBy: chinaDay(answerBy), answer: answerOf(introduction) },
    ...{ demandTitle: demand.content.title, supplyTitle: supply.content.title },
  }
  return to.map((party) => ({ ...recipients[party], ...notice, params }))
}

/** Both sides and the one who came hear of it, and the one who went, who has no more to do with it. */
async function noticesOfReplacement(
  db: Db,
  { introductionId: id, formerBrokerId, version }: z.output<typeof introductionBrokerReplaced.schema>,
): Promise<Notice[]> {
  const notice = { kind: 'introduction.broker_replaced' as const, subjectId: `${id}@${version}` }
  const told = await tell(db, id, () => ({ to: parties, ...notice }))
  const [former] = await listRecipients(db, [formerBrokerId])
  const [one] = told
  if (former === undefined || one === undefined) return told
  return [...told, { ...one, orgId: former.orgId, userIds: [formerBrokerId] }]
}

/** Organisations for the sides, the one user for the broker. */
function recipientsOf({ demandOrgId, supplyOrgId, brokerOrgId, brokerId }: Introduction) {
  return {
    demand: { orgId: demandOrgId },
    supply: { orgId: supplyOrgId },
    broker: { orgId: brokerOrgId, userIds: [brokerId] },
  } satisfies Record<Party, Pick<Notice, 'orgId' | 'userIds'>>
}

function otherThan(one: string): Party[] {
  return parties.filter((party) => party !== one)
}

/** Nobody is reminded of what has been answered or has ended meanwhile. */
function silentSides({ state, demandAnswer, supplyAnswer }: Introduction): Party[] {
  if (state !== 'asked') return []
  return [...(demandAnswer === null ? ['demand' as const] : []), ...(supplyAnswer === null ? ['supply' as const] : [])]
}

function answerOf({ state, endedBy }: Introduction): BilingualText {
  switch (state) {
    case 'asked':
      return { zh: '一方已同意，等待另一方答复', en: 'one side has accepted, the other is still to answer' }
    case 'declined':
      return { zh: '一方已谢绝', en: 'one side has declined' }
    case 'closed':
      return endedBy === 'silence'
        ? { zh: '逾期未答复，已结束', en: 'it ended unanswered' }
        : { zh: '已结束', en: 'it has ended' }
    default:
      return { zh: '双方均已同意，联系方式现已互见', en: 'both sides have accepted and see each other’s contact data' }
  }
}
