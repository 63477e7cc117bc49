import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Vault } from '../../ports/vault.ts'
import { ensureDataKey } from '../../vault/index.ts'
import { findListing } from '../listings/index.ts'
import { answerDays } from './domain/enquiry.ts'
import { type Enquiry, insertEnquiry } from './enquiry-repo.ts'
import { enquiryOpened, factOf } from './events.ts'
import { contextOf } from './texts.ts'

type Input = { supplyId: Id<'supply'>; message: string }

/**
 * An organisation asks for the price of a published supply. @throws NOT_FOUND for a supply that is not on the market,
 * FORBIDDEN for its own, ALREADY_EXISTS while it has an open enquiry about it.
 */
export async function openEnquiry(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { supplyId, message }: Input,
): Promise<Id<'enquiry'>> {
  const supply = await findListing(db, supplyId)
  if (supply?.orgId === actor.orgId) throw new AppError('FORBIDDEN', 'It is a supply of your own organisation.')
  if (supply?.state !== 'published') throw notFound('supply')
  const [id, now] = [newId('enquiry'), clock.now()]
  await withTx(db, async (tx) => {
    const key = await ensureDataKey({ tx, vault }, id)
    const enquiry: Enquiry = {
      ...{ id, supplyId, sellerOrgId: supply.orgId, buyerOrgId: actor.orgId, market: supply.market, state: 'open' },
      ...{ openedBy: actor.userId, box: key.seal(message, contextOf(id, 'message')) },
      expiresOn: chinaDay(addDays(now, answerDays)),
      ...{ acceptedQuoteId: null, endedBy: null, endedAt: null, reasonCode: null },
      ...{ version: 1, createdAt: now, updatedAt: now },
    }
    await insertEnquiry(tx, enquiry)
    await appendEvents(tx, [enquiryOpened(factOf(enquiry), now)])
  })
  return id
}
