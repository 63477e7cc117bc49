import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, type JobRequest, on, type Schedule, type Subscription } from '../../kernel/job.ts'
import { listingClosed, listingPublished, listingReturned, listingUpdated } from '../listings/index.ts'
import { matchDecided, scoreModelActivated } from './events.ts'
import { matchListing } from './match-listing.ts'
import { measureAnsweringTimes } from './measure-answering-times.ts'
import { refitModel } from './refit-model.ts'
import { refreshTermFrequencies } from './refresh-term-frequencies.ts'
import { rematchDemands } from './rematch-demands.ts'
import { removeListing } from './remove-listing.ts'
import { rescoreMatches } from './rescore-matches.ts'
import { trainTextModel } from './train-text-model.ts'

type Deps = { db: Db; clock: Clock }

const queue = 'matching'
const listingPayload = z.object({ listingId: z.union([idSchema('supply'), idSchema('demand')]) })
const noPayload = z.object({})

export const matchListingJob = defineJob({
  name: 'matching.match-listing',
  queue,
  attempts: 5,
  payload: listingPayload,
  run: matchListing,
})

export const removeListingJob = defineJob({
  name: 'matching.remove-listing',
  queue,
  attempts: 5,
  payload: listingPayload,
  run: removeListing,
})

export const trainTextModelJob = defineJob({
  name: 'matching.train-text-model',
  queue,
  attempts: 3,
  payload: noPayload,
  run: trainTextModel,
})

export const refreshTermFrequenciesJob = defineJob({
  name: 'matching.refresh-term-frequencies',
  queue,
  attempts: 3,
  payload: noPayload,
  run: refreshTermFrequencies,
})

export const rematchDemandsJob = defineJob({
  name: 'matching.rematch-demands',
  queue,
  attempts: 3,
  payload: noPayload,
  run: rematchDemands,
})

export const refitModelJob = defineJob({
  name: 'matching.refit-model',
  queue,
  attempts: 3,
  payload: noPayload,
  run: refitModel,
})

export const measureAnsweringTimesJob = defineJob({
  name: 'matching.measure-answering-times',
  queue,
  attempts: 3,
  payload: noPayload,
  run: measureAnsweringTimes,
})

export const rescoreMatchesJob = defineJob({
  name: 'matching.rescore-matches',
  queue,
  attempts: 5,
  payload: z.object({ version: z.string() }),
  run: rescoreMatches,
})

export const matchingJobs: readonly Job<Deps>[] = [
  matchListingJob,
  removeListingJob,
  trainTextModelJob,
  refreshTermFrequenciesJob,
  rematchDemandsJob,
  refitModelJob,
  measureAnsweringTimesJob,
  rescoreMatchesJob,
]

export const matchingSubscriptions: Subscription[] = [
  on(listingPublished, rematch),
  on(listingUpdated, rematch),
  on(listingClosed, remove),
  on(listingReturned, remove),
  on(matchDecided, ({ demandId }) => [matchListingJob.request({ listingId: demandId }, { coalesce: demandId })]),
  on(scoreModelActivated, ({ version }) => [rescoreMatchesJob.request({ version }, { coalesce: version })]),
]

/** Training at 02:30 in China, answering times after it, learning from decisions at 03:00; the other two look first whether there is anything to do. */
export const matchingSchedules: Schedule[] = [
  { id: 'matching.train-text-model', request: trainTextModelJob.request({}), pattern: '30 18 * * *' },
  { id: 'matching.measure-answering-times', request: measureAnsweringTimesJob.request({}), pattern: '45 18 * * *' },
  { id: 'matching.refit-model', request: refitModelJob.request({}), pattern: '0 19 * * *' },
  { id: 'matching.refresh-term-frequencies', request: refreshTermFrequenciesJob.request({}), everyMs: 600_000 },
  { id: 'matching.rematch-demands', request: rematchDemandsJob.request({}), everyMs: 60_000 },
]

type Fact = { listingId: string; kind: string }

/** Finance products are matched by their terms, elsewhere. A storm of edits becomes one run. */
function rematch({ listingId, kind }: Fact): JobRequest[] {
  return kind === 'finance_product' ? [] : [matchListingJob.request({ listingId }, { coalesce: listingId })]
}

function remove({ listingId, kind }: Fact): JobRequest[] {
  return kind === 'finance_product' ? [] : [removeListingJob.request({ listingId })]
}
