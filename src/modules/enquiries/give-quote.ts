import type { Db } from '../../db/client.ts'
import { addDays, type Clock, chinaDay } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Vault } from '../../ports/vault.ts'
import { ensureDataKey } from '../../vault/index.ts'
import { actOnEnquiry } from './act-on-enquiry.ts'
import { longestValidityDays } from './domain/enquiry.ts'
import { insertQuote, updateEnquiry } from './enquiry-repo.ts'
import { factOf, quoteGiven } from './events.ts'
import type { GiveQuoteBody } from './schemas.ts'
import { contextOf } from './texts.ts'

type Input = GiveQuoteBody & { id: Id<'enquiry'> }

/**
 * A side names a price or a range; it stands until its last day or until a newer one. The seller is the first.
 * @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED, VALIDATION_FAILED.
 */
export function giveQuote(
  deps: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, priceMinFen, priceMaxFen, validUntil, terms }: Input,
): Promise<void> {
  return actOnEnquiry(deps, actor, { id, action: 'quote' }, async (tx, { enquiry, side, state, now }) => {
    assertValidity(validUntil, now)
    const quoteId = newId('quote')
    const key = await ensureDataKey({ tx, vault: deps.vault }, id)
    await insertQuote(tx, {
      ...{ id: quoteId, enquiryId: id, side, userId: actor.userId, priceMinFen, priceMaxFen, validUntil },
      box: terms === undefined ? null : key.seal(terms, contextOf(id, quoteId)),
      createdAt: now,
    })
    await updateEnquiry(tx, id, { state, expiresOn: validUntil, updatedAt: now })
    await appendEvents(tx, [quoteGiven({ ...factOf(enquiry), quoteId, side }, now)])
  })
}

function assertValidity(validUntil: string, now: Date): void {
  if (validUntil >= chinaDay(now) && validUntil <= chinaDay(addDays(now, longestValidityDays))) return
  throw invalidField('#/validUntil', 'out_of_range', `must be today or later, at most ${longestValidityDays} days on`)
}
