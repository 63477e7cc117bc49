import type { z } from 'zod'
import type { EventDefinition } from '../../../kernel/domain-event.ts'
import { type JobRequest, type Occurrence, onOccurrence, type Subscription } from '../../../kernel/job.ts'
import type { PublicEventType } from '../domain/event-types.ts'
import type { MessageIds } from '../domain/message.ts'
import type { Audience } from '../fan-out-webhook.ts'

/** A fact under its public name, with the ids that a receiver gets and whom it concerns. */
export type Announced = Occurrence & { type: PublicEventType; data: MessageIds; audience: Audience }

export type Announcement = {
  type: PublicEventType
  /** Asks for the job that makes the deliveries; `request` makes it. */
  subscribe(request: (announced: Announced) => JobRequest): Subscription
}

type Content = {
  /** Ids and nothing else: whoever wants more asks the API, where every reading is checked. */
  data: MessageIds
  audience: Audience
}

/** `announceOn(matchApproved, 'match.approved', …)`; content that is undefined is announced to nobody. */
export function announceOn<T extends string, S extends z.ZodObject>(
  event: EventDefinition<T, S>,
  type: PublicEventType,
  contentOf: (data: z.output<S>) => Content | undefined,
): Announcement {
  return {
    type,
    subscribe: (request) =>
      onOccurrence(event, (data, occurrence) => {
        const content = contentOf(data)
        return content === undefined ? [] : [request({ type, ...occurrence, ...content })]
      }),
  }
}
