import { isDeepStrictEqual } from 'node:util'
import type { JobSchedulerJson } from 'bullmq'
import type { Clock } from '../../kernel/clock.ts'
import type { Schedule } from '../../kernel/job.ts'
import type { BullQueue, JobBackend } from './bullmq-backend.ts'
import { type JobPolicy, jobOptions } from './bullmq-request.ts'

type ScheduleContext = { backend: JobBackend; policy: JobPolicy; clock: Clock }

/**
 * Makes the schedules those that are listed. What is there and runs is left alone: BullMQ hangs each run of a schedule
 * on the one before, and an update that meets a run that is just starting can break the chain (seen on PostgreSQL). A
 * schedule whose next run is overdue or too far off is made anew, so calling this every minute also heals a broken chain.
 */
export async function reconcileSchedules(context: ScheduleContext, schedules: readonly Schedule[]): Promise<void> {
  const { backend } = context
  const listedQueues = schedules.map(({ request }) => request.queue)
  for (const name of new Set([...(await backend.queuesWithSchedules()), ...listedQueues])) {
    const listed = schedules.filter(({ request }) => request.queue === name)
    await reconcileQueue(context, await backend.openQueue(name), listed)
  }
}

async function reconcileQueue(context: ScheduleContext, queue: BullQueue, listed: Schedule[]): Promise<void> {
  const present = await queue.getJobSchedulers(0, -1)
  for (const { key } of present) {
    if (!listed.some(({ id }) => id === key)) await queue.removeJobScheduler(key)
  }
  const now = context.clock.now().getTime()
  for (const schedule of listed) {
    const found = present.find(({ key }) => key === schedule.id)
    const isInStep = found && !isAdrift(found, schedule, { now, graceMs: context.policy.timings.scheduleGraceMs })
    if (isInStep && isSame(found, schedule)) continue
    await upsert(queue, schedule, context.policy)
  }
}

/** Its next run is overdue, or further off than its interval: a change of interval that met a starting run leaves that. */
function isAdrift(found: JobSchedulerJson, { everyMs }: Schedule, { now, graceMs }: { now: number; graceMs: number }) {
  const next = found.next ?? 0
  return next < now - graceMs || (everyMs !== undefined && next > now + everyMs + graceMs)
}

function isSame(found: JobSchedulerJson, { request, everyMs, pattern }: Schedule): boolean {
  return (
    found.name === request.name &&
    (found.every === undefined ? undefined : Number(found.every)) === everyMs &&
    found.pattern === pattern &&
    found.template?.opts?.attempts === request.attempts &&
    // By value: PostgreSQL's jsonb keeps no order of keys.
    isDeepStrictEqual(found.template?.data ?? {}, request.payload)
  )
}

async function upsert(queue: BullQueue, { id, request, everyMs, pattern }: Schedule, policy: JobPolicy): Promise<void> {
  const when = pattern === undefined ? { every: everyMs } : { pattern, tz: 'UTC' }
  const template = { name: request.name, data: request.payload, opts: jobOptions(request, policy) }
  await queue.upsertJobScheduler(id, when, template)
}
