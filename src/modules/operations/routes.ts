import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { listDeadEvents, outboxLag } from '../../outbox/index.ts'
import type { JobQueue } from '../../ports/job-queue.ts'
import { exampleDeadLetter, exampleFailedJob, exampleQueue } from './examples.ts'
import { toDeadLetterResponse, toFailedJobResponse } from './present.ts'
import {
  countResponse,
  deadLetterResponse,
  deadLettersBody,
  failedJobsBody,
  failedJobsResponse,
  listDeadLettersQuery,
  listFailedJobsQuery,
  queueParams,
  queuesResponse,
} from './schemas.ts'
import { settleDeadLetters } from './settle-dead-letters.ts'
import { settleFailedJobs } from './settle-failed-jobs.ts'

type Deps = { clock: Clock; jobs: JobQueue; queues: readonly string[] }

const shared = { tag: 'Operations', permission: 'operations.manage' } as const

/** What an operator looks at when something does not move, and puts right. */
export function operationsRoutes(api: Api, deps: Deps): void {
  deadLetterRoutes(api, deps)
  queueRoutes(api, deps)
}

function deadLetterRoutes(api: Api, deps: Deps): void {
  api.get('/v1/dead-letters', {
    ...shared,
    operationId: 'listDeadLetters',
    summary: 'List events that no subscription could read in ten attempts, oldest first',
    query: listDeadLettersQuery,
    response: pageSchema(deadLetterResponse),
    example: { response: { data: [exampleDeadLetter], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, query, pager }) => ({
      body: pager.answer(await listDeadEvents(db, pager.request(query)), toDeadLetterResponse),
    }),
  })
  for (const [path, how, summary] of [
    ['replays', 'replayed', 'Try dead events again, with ten new attempts'],
    ['discards', 'discarded', 'Give dead events up for good'],
  ] as const) {
    api.post(`/v1/dead-letters/${path}`, {
      ...shared,
      operationId: how === 'replayed' ? 'replayDeadLetters' : 'discardDeadLetters',
      summary,
      body: deadLettersBody,
      response: countResponse,
      example: { body: { ids: [exampleDeadLetter.id] }, response: { count: 1 } },
      handle: async ({ db, actor, body: { ids } }) => ({
        body: { count: await settleDeadLetters({ ...deps, db }, actor, { ids, how }) },
      }),
    })
  }
}

function queueRoutes(api: Api, deps: Deps): void {
  const known = (queue: string) => {
    if (deps.queues.includes(queue)) return queue
    throw notFound('queue')
  }
  api.get('/v1/queues', {
    ...shared,
    operationId: 'listQueues',
    summary: 'How many jobs wait, run and failed in each queue, and what the outbox holds',
    response: queuesResponse,
    example: { response: { outbox: { open: 0, dead: 1, oldestAgeMs: 0 }, data: [exampleQueue] } },
    handle: async ({ db }) => ({ body: { outbox: await outboxLag(db), data: await deps.jobs.depths(deps.queues) } }),
  })
  api.get('/v1/queues/:queue/failed-jobs', {
    ...shared,
    operationId: 'listFailedJobs',
    summary: 'List the jobs of a queue that were cancelled or failed for good, newest first',
    description: 'They are kept for seven days.',
    params: queueParams,
    query: listFailedJobsQuery,
    response: failedJobsResponse,
    example: { response: { data: [exampleFailedJob] } },
    handle: async ({ params: { queue }, query: { limit } }) => ({
      body: { data: (await deps.jobs.listFailed(known(queue), limit)).map(toFailedJobResponse) },
    }),
  })
  for (const [path, how, summary] of [
    ['retries', 'retried', 'Run failed jobs again, with all their attempts'],
    ['discards', 'discarded', 'Forget failed jobs'],
  ] as const) {
    api.post(`/v1/queues/:queue/failed-jobs/${path}`, {
      ...shared,
      operationId: how === 'retried' ? 'retryFailedJobs' : 'discardFailedJobs',
      summary,
      params: queueParams,
      body: failedJobsBody,
      response: countResponse,
      example: { body: { ids: [exampleFailedJob.id] }, response: { count: 1 } },
      handle: async ({ db, actor, params: { queue }, body: { ids } }) => ({
        body: { count: await settleFailedJobs({ ...deps, db }, actor, { queue: known(queue), ids, how }) },
      }),
    })
  }
}
