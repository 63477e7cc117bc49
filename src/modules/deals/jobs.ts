import { z } from 'zod'
import { type Id, idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, type Subscription } from '../../kernel/job.ts'
import { awardEnded, lotAwarded, lotSettled } from '../auctions/index.ts'
import { enquiryAccepted } from '../enquiries/index.ts'
import { licenceTaken } from '../licences/index.ts'
import type { ListingKinds } from '../listings/index.ts'
import type { DealDeps } from './change-deal.ts'
import { dealStageChanged } from './events.ts'
import { followAward } from './follow-award.ts'
import { openOfEnquiry } from './open-of-enquiry.ts'
import { openOfLicence } from './open-of-licence.ts'
import { tellListings } from './tell-listings.ts'

const queue = 'introductions'

export const followAwardJob = defineJob({
  ...{ name: 'deals.follow-award', queue, attempts: 8 },
  payload: z.object({ awardId: idSchema('auctionAward') }),
  run: followAward,
})

export const openOfEnquiryJob = defineJob({
  ...{ name: 'deals.open-of-enquiry', queue, attempts: 8 },
  payload: z.object({ enquiryId: idSchema('enquiry') }),
  run: openOfEnquiry,
})

export const openOfLicenceJob = defineJob({
  ...{ name: 'deals.open-of-licence', queue, attempts: 8 },
  payload: z.object({
    ...{ acceptanceId: idSchema('licenceAcceptance'), supplyId: idSchema('supply'), market: z.string() },
    ...{ licensorOrgId: idSchema('organisation'), licenseeOrgId: idSchema('organisation'), amountFen: z.int() },
  }),
  run: openOfLicence,
})

export const tellListingsJob = defineJob({
  ...{ name: 'deals.tell-listings', queue, attempts: 8 },
  payload: z.object({ dealId: idSchema('deal') }),
  run: tellListings,
})

export const dealJobs: readonly Job<DealDeps & { listingKinds: ListingKinds }>[] = [
  followAwardJob,
  openOfEnquiryJob,
  openOfLicenceJob,
  tellListingsJob,
]

const follow = ({ awardId }: { awardId: Id<'auctionAward'> }) => [followAwardJob.request({ awardId })]

/** A deal after an introduction is opened by the sides or the broker: that they met says nothing of a price. */
export const dealSubscriptions: readonly Subscription[] = [
  on(dealStageChanged, ({ dealId }) => [tellListingsJob.request({ dealId })]),
  on(lotAwarded, follow),
  on(lotSettled, follow),
  on(awardEnded, follow),
  on(enquiryAccepted, ({ enquiryId }) => [openOfEnquiryJob.request({ enquiryId })]),
  on(licenceTaken, (taken) => [openOfLicenceJob.request(taken)]),
]
