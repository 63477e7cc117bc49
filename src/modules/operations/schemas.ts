import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { idSchema } from '../../kernel/ids.ts'

const queueName = z.string().regex(/^[a-z][a-z-]{0,39}$/, 'must be the name of a queue')
/** BullMQ's own ids: `<event>.<index>`, a schedule's, or a number. */
const jobId = z.string().min(1).max(200)

export const deadLetterResponse = z
  .object({
    id: idSchema('event'),
    type: z.string(),
    version: z.number().int(),
    data: z.record(z.string(), z.unknown()).meta({ description: 'Ids and codes of the fact; never texts.' }),
    occurredAt: z.string(),
    attempts: z.number().int(),
    deadAt: z.string(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'DeadLetter' })

export const listDeadLettersQuery = z.object(pageQuery)

export const deadLettersBody = z.object({ ids: z.array(idSchema('event')).min(1).max(200) })

/** How many of the named ones there were: one that is not dead any more is no error, somebody else was faster. */
export const countResponse = z.object({ count: z.number().int() })

export const queueResponse = z
  .object({
    queue: queueName,
    waiting: z.number().int(),
    active: z.number().int(),
    delayed: z.number().int(),
    failed: z.number().int(),
    oldestWaitingMs: z
      .number()
      .meta({ description: 'How long the job that is due longest has waited; 0 without one.' }),
  })
  .meta({ id: 'Queue' })

export const queuesResponse = z.object({
  outbox: z.object({
    open: z.number().int(),
    dead: z.number().int(),
    oldestAgeMs: z
      .number()
      .meta({ description: 'Age of the oldest event on its way; above 30,000 look at the workers.' }),
  }),
  data: z.array(queueResponse),
})

export const queueParams = z.object({ queue: queueName })
export const listFailedJobsQuery = z.object({ limit: pageQuery.limit })

export const failedJobResponse = z
  .object({
    id: z.string(),
    queue: queueName,
    name: z.string(),
    payload: z.record(z.string(), z.unknown()),
    attempts: z.number().int(),
    reason: z.string(),
    failedAt: z.string(),
  })
  .meta({ id: 'FailedJob' })

export const failedJobsResponse = z.object({ data: z.array(failedJobResponse) })
export const failedJobsBody = z.object({ ids: z.array(jobId).min(1).max(200) })
