import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { defineJob, type Job, on, type Subscription } from '../../kernel/job.ts'
import { dealOpened, dealStageChanged } from '../deals/index.ts'
import { introductionAccepted, introductionAnswered, introductionOpened } from '../introductions/index.ts'
import { listingPublished } from '../listings/index.ts'
import { matchesProposed } from '../matching/index.ts'
import { matchApproved, matchRejected } from '../review/index.ts'
import { countFacts } from './count-facts.ts'
import { type FactSource, factSources } from './fact-view.ts'

export const countFactsJob = defineJob({
  ...{ name: 'statistics.count-facts', queue: 'statistics', attempts: 10 },
  gather: { list: 'ids', atMost: 300 },
  payload: z.object({ of: z.enum(factSources), ids: z.array(z.string()).min(1).max(1_000) }),
  run: countFacts,
})

export const statisticsJobs: readonly Job<{ db: Db }>[] = [countFactsJob]

const count = (of: FactSource, ...ids: string[]) => [countFactsJob.request({ of, ids })]

export const statisticsSubscriptions: readonly Subscription[] = [
  on(listingPublished, ({ listingId }) => count('listing', listingId)),
  on(matchesProposed, ({ matchIds }) => count('match', ...matchIds)),
  on(matchApproved, ({ matchId }) => count('match', matchId)),
  on(matchRejected, ({ matchId }) => count('match', matchId)),
  on(introductionOpened, ({ introductionId }) => count('introduction', introductionId)),
  on(introductionAnswered, ({ introductionId }) => count('introduction', introductionId)),
  on(introductionAccepted, ({ introductionId }) => count('introduction', introductionId)),
  on(dealOpened, ({ dealId }) => count('deal', dealId)),
  on(dealStageChanged, ({ dealId }) => count('deal', dealId)),
]
