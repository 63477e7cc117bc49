import { ZodError } from 'zod'
import type { JobRequest, Subscription } from '../kernel/job.ts'
import { traceparentIn, traceparentKey } from '../kernel/tracing.ts'
import { gatherJobs, maxPayloadLength, type PlannedJob } from './gather-jobs.ts'
import type { Failure, StoredEvent } from './outbox-repo.ts'

/** What follows from a batch: the jobs of the events that were understood, and the events that were not. */
export type Plan = { understood: StoredEvent[]; jobs: PlannedJob[]; failures: Failure[] }

const maxReasonLength = 200

/**
 * Asks the subscriptions event by event, so that one that cannot be understood holds up no other; then gathers what belongs
 * together.
 */
export function planJobs(events: readonly StoredEvent[], subscriptions: readonly Subscription[]): Plan {
  const plan: Plan = { understood: [], jobs: [], failures: [] }
  for (const event of events) {
    try {
      plan.jobs.push(...jobsOf(event, subscriptions))
      plan.understood.push(event)
    } catch (error) {
      plan.failures.push({ id: event.id, reason: reasonOf(error) })
    }
  }
  return { ...plan, jobs: gatherJobs(plan.jobs) }
}

/**
 * The id of a job is the same at every delivery of its event, so a queue that knows it drops the repetition. It carries
 * the job's name because a bare number would name another job after a release that subscribes in another order.
 */
function jobsOf(event: StoredEvent, subscriptions: readonly Subscription[]): PlannedJob[] {
  const interested = subscriptions.filter(({ eventType }) => eventType === event.type)
  const matching = interested.filter(({ eventVersion }) => eventVersion === event.version)
  // Nobody listens: the fact is done. Somebody listens to other versions: a release that knows this one is on its way.
  if (interested.length > 0 && matching.length === 0) throw new Error(`no subscription for version ${event.version}`)
  const counts = new Map<string, number>()
  const traceparent = traceparentIn(event.data)
  const trace = traceparent === undefined ? {} : { [traceparentKey]: traceparent }
  const occurrence = { eventId: event.id, occurredAt: event.occurredAt }
  return matching
    .flatMap(({ react }) => react(event.data, occurrence))
    .map((request) => {
      assertEnqueueable(request)
      const count = counts.get(request.name) ?? 0
      counts.set(request.name, count + 1)
      return { ...request, payload: { ...request.payload, ...trace }, id: `${event.id}-${request.name}-${count}` }
    })
}

/** What a queue would refuse is refused here: later it would look like an outage and hold up the whole batch. */
function assertEnqueueable(request: JobRequest): void {
  if (!/^[\w.-]+$/.test(request.queue) || !/^[\w.-]+$/.test(request.name)) throw new Error('unusable job or queue name')
  const payload = JSON.stringify(request.payload)
  if (payload.length > maxPayloadLength || payload.includes('\\u0000')) {
    throw new Error(`payload of ${request.name} is too long or has a NUL`)
  }
}

/** Paths and rules, never values. */
function reasonOf(error: unknown): string {
  const [issue] = error instanceof ZodError ? error.issues : []
  if (issue) return `data does not match its schema: ${issue.path.join('.')} ${issue.code}`.slice(0, maxReasonLength)
  return error instanceof Error ? error.message.slice(0, maxReasonLength) : 'a subscription failed'
}
