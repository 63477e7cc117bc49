import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { actOnEnquiry } from './act-on-enquiry.ts'
import { updateEnquiry } from './enquiry-repo.ts'
import { enquiryAccepted, factOf } from './events.ts'

type Input = { id: Id<'enquiry'>; quoteId: Id<'quote'> }

/**
 * A side accepts the newest quote of the other. It names the quote, so that nobody accepts a price it has not seen.
 * @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED for an own, expired or overtaken quote.
 */
export function acceptQuote(deps: { db: Db; clock: Clock }, actor: Principal, { id, quoteId }: Input): Promise<void> {
  return actOnEnquiry(deps, actor, { id, action: 'accept' }, async (tx, { enquiry, side, latest, state, now }) => {
    if (latest?.id !== quoteId) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'There is a newer quote.', {
        details: { latestQuoteId: latest?.id },
      })
    }
    await updateEnquiry(tx, id, { state, acceptedQuoteId: quoteId, endedBy: side, endedAt: now, updatedAt: now })
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'enquiry.accepted', objectId: id, at: now },
      facts: { quoteId, side },
    })
    await appendEvents(tx, [enquiryAccepted({ ...factOf(enquiry), quoteId }, now)])
  })
}
