import { auditJobs, auditSchedules } from './audit/jobs.ts'
import type { Deps } from './deps.ts'
import type { Job, Schedule, Subscription } from './kernel/job.ts'
import { maintenanceJobs, maintenanceSchedules } from './maintenance.ts'
import { applicationJobs, applicationSchedules } from './modules/applications/jobs.ts'
import { attachmentJobs, attachmentSchedules, attachmentSubscriptions } from './modules/attachments/jobs.ts'
import { auctionJobs, auctionSchedules, auctionSubscriptions } from './modules/auctions/jobs.ts'
import { dealJobs, dealSubscriptions } from './modules/deals/jobs.ts'
import { deedJobs, deedSubscriptions } from './modules/deeds/jobs.ts'
import { duplicateJobs, duplicateSchedules } from './modules/duplicates/jobs.ts'
import { enquiryJobs, enquirySchedules } from './modules/enquiries/jobs.ts'
import { identityJobs, identitySchedules, identitySubscriptions } from './modules/identity/jobs.ts'
import { importJobs, importSchedules, importSubscriptions } from './modules/imports/jobs.ts'
import { introductionJobs, introductionSchedules, introductionSubscriptions } from './modules/introductions/jobs.ts'
import { jointDemandJobs, jointDemandSchedules } from './modules/joint-demands/jobs.ts'
import {
  askConfirmationJob,
  listingSchedules,
  listingSubscriptions,
  reassessOrganisationJob,
  sealConfidentialsJob,
  sweepListingsJob,
  warnOfExpiryJob,
} from './modules/listings/jobs.ts'
import { matchingJobs, matchingSchedules, matchingSubscriptions } from './modules/matching/jobs.ts'
import { notificationSequence } from './modules/notifications/index.ts'
import { notificationJobs, notificationSchedules, notificationSubscriptions } from './modules/notifications/jobs.ts'
import { reviewJobs, reviewSchedules, reviewSubscriptions } from './modules/review/jobs.ts'
import { savedSearchJobs, savedSearchSchedules, savedSearchSubscriptions } from './modules/saved-searches/jobs.ts'
import {
  buildMissingIndexesJob,
  indexExpiredQualificationsJob,
  indexListingJob,
  indexOrganisationJob,
  repairIndexesJob,
  searchSchedules,
  searchSubscriptions,
} from './modules/search/jobs.ts'
import { statisticsJobs, statisticsSubscriptions } from './modules/statistics/jobs.ts'
import { webhookJobs, webhookSchedules, webhookSubscriptions } from './modules/webhooks/jobs.ts'
import type { Sequence } from './sequencer/index.ts'

/** Every job, subscription and schedule, listed by hand: what is not here does not run. */
export const jobs: readonly Job<Deps>[] = [
  ...identityJobs,
  sweepListingsJob,
  reassessOrganisationJob,
  sealConfidentialsJob,
  warnOfExpiryJob,
  askConfirmationJob,
  indexListingJob,
  indexOrganisationJob,
  indexExpiredQualificationsJob,
  buildMissingIndexesJob,
  repairIndexesJob,
  ...savedSearchJobs,
  ...importJobs,
  ...attachmentJobs,
  ...duplicateJobs,
  ...jointDemandJobs,
  ...matchingJobs,
  ...reviewJobs,
  ...applicationJobs,
  ...auctionJobs,
  ...introductionJobs,
  ...enquiryJobs,
  ...dealJobs,
  ...deedJobs,
  ...notificationJobs,
  ...statisticsJobs,
  ...webhookJobs,
  ...maintenanceJobs,
  ...auditJobs,
]

/** Every queue that has jobs. */
export const queueNames: readonly string[] = [...new Set(jobs.map(({ queue }) => queue))]

export const subscriptions: readonly Subscription[] = [
  ...identitySubscriptions,
  ...listingSubscriptions,
  ...searchSubscriptions,
  ...savedSearchSubscriptions,
  ...importSubscriptions,
  ...attachmentSubscriptions,
  ...matchingSubscriptions,
  ...reviewSubscriptions,
  ...auctionSubscriptions,
  ...introductionSubscriptions,
  ...dealSubscriptions,
  ...deedSubscriptions,
  ...notificationSubscriptions,
  ...statisticsSubscriptions,
  ...webhookSubscriptions,
]

/** Tables whose rows are numbered for event streams. */
export const sequences: readonly Sequence[] = [notificationSequence]

export const schedules: readonly Schedule[] = [
  ...identitySchedules,
  ...listingSchedules,
  ...searchSchedules,
  ...savedSearchSchedules,
  ...importSchedules,
  ...attachmentSchedules,
  ...duplicateSchedules,
  ...jointDemandSchedules,
  ...matchingSchedules,
  ...applicationSchedules,
  ...auctionSchedules,
  ...introductionSchedules,
  ...enquirySchedules,
  ...reviewSchedules,
  ...notificationSchedules,
  ...webhookSchedules,
  ...maintenanceSchedules,
  ...auditSchedules,
]
