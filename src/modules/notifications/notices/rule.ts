import type { z } from 'zod'
import type { Db } from '../../../db/client.ts'
import type { EventDefinition } from '../../../kernel/domain-event.ts'
import { type JobRequest, on, type Subscription } from '../../../kernel/job.ts'
import type { Notice } from '../domain/notice.ts'

/** A fact as it waits in the queue: which event, and what it says. */
export type Fact = { event: string; data: Record<string, unknown> }

/** Who is told what when something became true. */
export type NoticeRule = {
  event: string
  /** Asks for the job that tells; `request` makes it. */
  subscribe(request: (fact: Fact) => JobRequest): Subscription
  noticesOf(db: Db, data: unknown): Promise<Notice[]>
}

type RuleSpec<D> = {
  /** Whether anybody is to hear of it, from the event alone. */
  isTold?(data: D): boolean
  /**
   * Reads what is true when the job runs, and returns nothing when the fact has been overtaken. Titles that anybody may see are
   * all the text that it may use.
   */
  notices(db: Db, data: D): Promise<Notice[]>
}

/** `noticesOn(matchApproved, { notices: … })`: one rule for one event; it may tell several organisations different things. */
export function noticesOn<T extends string, S extends z.ZodObject>(
  event: EventDefinition<T, S>,
  { isTold = () => true, notices }: RuleSpec<z.output<S>>,
): NoticeRule {
  return {
    event: event.type,
    subscribe: (request) => on(event, (data) => (isTold(data) ? [request({ event: event.type, data })] : [])),
    noticesOf: (db, data) => notices(db, event.schema.parse(data)),
  }
}
