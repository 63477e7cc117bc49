import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { actOnEnquiry } from './act-on-enquiry.ts'
import { updateEnquiry } from './enquiry-repo.ts'
import { enquiryEnded, factOf } from './events.ts'

type Deps = { db: Db; clock: Clock }

/** Either side says no, with a reason. @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED. */
export function declineEnquiry(
  deps: Deps,
  actor: Principal,
  { id, reasonCode }: { id: Id<'enquiry'>; reasonCode: string },
): Promise<void> {
  return end(deps, actor, { id, action: 'decline', ended: 'declined', reasonCode })
}

/** The buyer takes its question back. @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED. */
export function withdrawEnquiry(deps: Deps, actor: Principal, { id }: { id: Id<'enquiry'> }): Promise<void> {
  return end(deps, actor, { id, action: 'withdraw', ended: 'withdrawn', reasonCode: null })
}

type End = {
  id: Id<'enquiry'>
  action: 'decline' | 'withdraw'
  ended: 'declined' | 'withdrawn'
  reasonCode: string | null
}

function end(deps: Deps, actor: Principal, { id, action, ended, reasonCode }: End): Promise<void> {
  return actOnEnquiry(deps, actor, { id, action }, async (tx, { enquiry, side, state, now }) => {
    await updateEnquiry(tx, id, { state, endedBy: side, endedAt: now, reasonCode, updatedAt: now })
    await appendEvents(tx, [enquiryEnded({ ...factOf(enquiry), state: ended, endedBy: side }, now)])
  })
}
