import type { z } from 'zod'
import { impossible } from './assert.ts'
import type { EventDefinition } from './domain-event.ts'
import type { Id } from './ids.ts'

/** How a run ended: done, cancel (never try again, with the reason) or snooze (try again in so many ms). */
export type Outcome = { status: 'done' } | { status: 'cancel'; reason: string } | { status: 'snooze'; delayMs: number }

export const done: Outcome = { status: 'done' }
export const cancel = (reason: string): Outcome => ({ status: 'cancel', reason })
export const snooze = (delayMs: number): Outcome => ({ status: 'snooze', delayMs })

/** A wish to run a job; only the relay and the scheduler hand it to the queue. */
export type JobRequest = {
  name: string
  queue: string
  payload: Record<string, unknown>
  attempts: number
  /** Earliest start. A hint only: the handler re-reads the row that owns the time. */
  runAt?: Date
  /** Requests with the same value that wait at the same time become one run (re-match storms). */
  coalesce?: string
  /** Requests that the relay has at the same time and that differ only in this list of their payload become one. */
  gather?: Gathering
}

/** Which property of the payload is the list, and how many items one run takes at most. */
export type Gathering = { list: string; atMost: number }

type RequestOptions = Pick<JobRequest, 'runAt' | 'coalesce'>

/** A job as the registry and the queue see it: the payload's type is erased, `execute` parses it first. */
export type Job<D> = {
  readonly name: string
  readonly queue: string
  /** How many of the queue's jobs one process runs at the same time, where more than usual: they wait for others. */
  readonly concurrency?: number
  execute(deps: D, rawPayload: unknown): Promise<Outcome>
}

/** A job as its module sees it: `request` is typed by the payload's schema. */
export type JobDefinition<D, S extends z.ZodObject> = Job<D> & {
  request(payload: z.input<S>, options?: RequestOptions): JobRequest
}

type JobSpec<D, S extends z.ZodObject> = {
  /** `<module>.<verb-noun>`, unique. */
  name: string
  queue: string
  attempts: number
  concurrency?: number
  /** For runs that cost the same for one item as for many: counting, or asking who listens. */
  gather?: { list: keyof z.input<S> & string; atMost: number }
  payload: S
  run(deps: D, payload: z.output<S>): Promise<Outcome | undefined>
}

/** Declares a job beside its handler. Handlers may run twice, late, or never first: they re-read state. */
export function defineJob<D, S extends z.ZodObject>(spec: JobSpec<D, S>): JobDefinition<D, S> {
  const { name, queue, attempts } = spec
  return {
    name,
    queue,
    ...(spec.concurrency !== undefined && { concurrency: spec.concurrency }),
    execute: async (deps, rawPayload) => {
      const parsed = spec.payload.safeParse(rawPayload)
      if (!parsed.success) return cancel(`payload of ${name} does not match its schema`)
      return (await spec.run(deps, parsed.data)) ?? done
    },
    request: (payload, options = {}) => ({
      name,
      queue,
      attempts,
      payload: spec.payload.parse(payload) as Record<string, unknown>,
      ...(spec.gather && { gather: spec.gather }),
      ...options,
    }),
  }
}

/** Which jobs follow from a fact. `react` gets data parsed by the event's schema. */
export type Subscription = {
  readonly eventType: string
  readonly eventVersion: number
  react(rawData: unknown, occurrence?: Occurrence): JobRequest[]
}

/** Which event it was: for consumers that keep something per event. */
export type Occurrence = { eventId: Id<'event'>; occurredAt: Date }

/** `on(listingPublished, (data) => [matchListingJob.request({ listingId: data.listingId })])`, in the consumer's jobs.ts. */
export function on<T extends string, S extends z.ZodObject>(
  event: EventDefinition<T, S>,
  react: (data: z.output<S>) => JobRequest[],
): Subscription {
  return {
    eventType: event.type,
    eventVersion: event.version,
    react: (rawData) => react(event.schema.parse(rawData)),
  }
}

/** A job that the clock starts; `every` in ms or a cron `pattern` in UTC. */
export type Schedule = { readonly id: string; readonly request: JobRequest } & (
  | { everyMs: number; pattern?: never }
  | { pattern: string; everyMs?: never }
)

/** Like `on`, for consumers that also need to know which event it was. */
export function onOccurrence<T extends string, S extends z.ZodObject>(
  event: EventDefinition<T, S>,
  react: (data: z.output<S>, occurrence: Occurrence) => JobRequest[],
): Subscription {
  return {
    eventType: event.type,
    eventVersion: event.version,
    react: (rawData, occurrence = impossible('the relay names every event')) =>
      react(event.schema.parse(rawData), occurrence),
  }
}
