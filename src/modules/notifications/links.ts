import { z } from 'zod'
import { idSchema } from '../../kernel/ids.ts'
import { listingIdSchema } from '../listings/index.ts'
import type { NoticeLinks, NoticeParams } from './domain/notice.ts'

/** What a notification may lead to; each field names the resource that it is the id of. */
export const linkFields = {
  matchId: idSchema('match').optional(),
  demandId: idSchema('demand').optional(),
  supplyId: idSchema('supply').optional(),
  listingId: listingIdSchema.optional(),
  organisationId: idSchema('organisation').optional(),
  lotId: idSchema('auction').optional(),
  introductionId: idSchema('introduction').optional(),
  enquiryId: idSchema('enquiry').optional(),
  dealId: idSchema('deal').optional(),
  importId: idSchema('import').optional(),
  jointDemandId: idSchema('jointDemand').optional(),
  applicationId: idSchema('financeApplication').optional(),
  webhookEndpointId: idSchema('webhookEndpoint').optional(),
} satisfies { [K in keyof Required<NoticeLinks>]: z.ZodType<NoticeLinks[K], string | undefined> }

export const linksSchema = z.object(linkFields).meta({ description: 'What it is about.' })

/** The links among the params. */
export function linksOf(params: NoticeParams): NoticeLinks {
  return Object.fromEntries(
    Object.keys(linkFields).flatMap((name) => {
      const id = params[name as keyof NoticeLinks]
      return id === undefined ? [] : [[name, id]]
    }),
  )
}
