import { invalidField } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { mayHearOf, type PublicEventType } from './domain/event-types.ts'

/** @throws VALIDATION_FAILED for types that are not the business of the actor's organisation. */
export function assertMayHearOf(actor: Principal, types: readonly PublicEventType[]): void {
  const index = types.findIndex((type) => !mayHearOf(type, actor.orgKind))
  if (index < 0) return
  const message = 'only broker firms and market operators hear of the review queue'
  throw invalidField(`#/eventTypes/${index}`, 'event_type_not_yours', message)
}
