import type { z } from 'zod'

/** Something that became true, written in the same transaction as the rows that made it true. Ids only, no texts. */
export type DomainEvent = { type: string; version: number; data: Record<string, unknown>; occurredAt: Date }

export type EventDefinition<T extends string, S extends z.ZodObject> = {
  (data: z.input<S>, occurredAt: Date): DomainEvent
  readonly type: T
  readonly version: number
  readonly schema: S
}

/** Declares a fact: `demandPublished({ demandId }, now)` builds it, subscribers read it by `on(demandPublished, …)`. */
export function defineEvent<T extends string, S extends z.ZodObject>(
  type: T,
  version: number,
  schema: S,
): EventDefinition<T, S> {
  const build = (data: z.input<S>, occurredAt: Date): DomainEvent => ({
    type,
    version,
    data: schema.parse(data) as Record<string, unknown>,
    occurredAt,
  })
  return Object.assign(build, { type, version, schema })
}
