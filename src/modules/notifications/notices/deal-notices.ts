import type { z } from 'zod'
import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import { type Deal, dealConfirmed, dealOpened, dealStageChanged, getDeal } from '../../deals/index.ts'
import { findListing } from '../../listings/index.ts'
import type { BilingualText } from '../domain/kinds.ts'
import type { Notice } from '../domain/notice.ts'
import { listRecipients } from '../recipient-view.ts'
import { type NoticeRule, noticesOn } from './rule.ts'

type Content = Pick<Notice, 'kind' | 'subjectId'> & { stage?: BilingualText }

/** Both sides and the brokers hear of a deal; of a confirmation the side that is to follow. */
export const dealNotices: readonly NoticeRule[] = [
  noticesOn(dealOpened, {
    notices: async (db, { dealId }) => {
      const deal = await getDeal(db, dealId)
      return tellAll(db, deal, { kind: 'deal.opened', subjectId: dealId })
    },
  }),
  noticesOn(dealConfirmed, { notices: noticesOfConfirmation }),
  noticesOn(dealStageChanged, {
    notices: async (db, { dealId, action }) => {
      const deal = await getDeal(db, dealId)
      const occurrence = action === 'refuse_registration' ? `${action}-${deal.refusals.length}` : action
      const stage = newsOf[action]
      return tellAll(db, deal, { kind: 'deal.stage_changed', subjectId: `${dealId}@${occurrence}`, stage })
    },
  }),
]

const newsOf: Record<z.output<typeof dealStageChanged.schema>['action'], BilingualText> = {
  negotiate: { zh: '进入洽谈', en: 'in negotiation' },
  sign: { zh: '合同已签订', en: 'the contract is signed' },
  register: { zh: '合同已登记', en: 'the contract is registered' },
  refuse_registration: {
    zh: '登记未通过，请修改后重新提交',
    en: 'registration was refused; mend it and file it again',
  },
  perform: { zh: '已履行完毕', en: 'performed' },
  drop: { zh: '已终止', en: 'dropped' },
}

type Confirmed = { dealId: Id<'deal'>; side: 'provider' | 'acquirer'; termsVersion: number }

/** To the other side, while these terms hold and it has not confirmed them itself. */
async function noticesOfConfirmation(db: Db, { dealId, side, termsVersion }: Confirmed): Promise<Notice[]> {
  const deal = await getDeal(db, dealId)
  const [orgId, own] =
    side === 'provider'
      ? [deal.acquirerOrgId, deal.acquirerConfirmation]
      : [deal.providerOrgId, deal.providerConfirmation]
  if (deal.termsVersion !== termsVersion || own?.termsVersion === termsVersion) return []
  const subjectId = `${dealId}@${termsVersion}-${side}`
  return [{ orgId, kind: 'deal.confirmed', subjectId, params: await paramsOf(db, deal) }]
}

async function tellAll(db: Db, deal: Deal, { kind, subjectId, stage }: Content): Promise<Notice[]> {
  const params = { ...(await paramsOf(db, deal)), ...(stage !== undefined && { stage }) }
  const brokers = await listRecipients(
    db,
    deal.brokers.map(({ userId }) => userId),
  )
  return [
    ...[deal.providerOrgId, deal.acquirerOrgId].map((orgId) => ({ orgId, kind, subjectId, params })),
    ...brokers.map(({ orgId, userId }) => ({ orgId, userIds: [userId], kind, subjectId, params })),
  ]
}

/** The title of a deal is the sides' own and may say too much for a mail; the title of a listing is public. */
async function paramsOf(db: Db, { id: dealId, supplyId, demandId }: Deal) {
  const listingId = supplyId ?? demandId
  const listing = listingId === null ? undefined : await findListing(db, listingId)
  const title = listing?.content.title
  const deal = title === undefined ? { zh: dealId, en: dealId } : { zh: `“${title}”`, en: `“${title}”` }
  return { dealId, deal }
}
