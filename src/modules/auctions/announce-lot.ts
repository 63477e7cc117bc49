import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { marketAncestors } from '../markets/index.ts'
import { auctionableSupply } from './auctionable-supply.ts'
import { type PublishedTerms, termsText } from './domain/chain.ts'
import { lotLifecycle } from './domain/lot.ts'
import { type RuleSet, ruleSetFor } from './domain/rules.ts'
import { termsFaults } from './domain/terms.ts'
import { lotAnnounced } from './events.ts'
import { sha256 } from './hashing.ts'
import { insertBook, type Lot, lockLot, updateLot } from './lot-repo.ts'
import { assertOperatorOf } from './policy.ts'
import { publishedTerms } from './published-terms.ts'

type Deps = { db: Db; clock: Clock }

/**
 * Announces a draft: the rules in force are kept with the lot, the terms are hashed, and the book opens for bids at its hour
 * without anybody's doing. From here on no term changes. @throws AUCTION_TERMS_REFUSED with every fault
 */
export function announceLot(deps: Deps, actor: Principal, id: Id<'auction'>): Promise<Lot> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const lot = await lockLot(tx, id)
    await assertOperatorOf(tx, actor, lot.market)
    const state = move(lotLifecycle, lot.state, 'announce')
    await auctionableSupply(tx, { ...lot, now })
    const ruleSet = await allowingRules(tx, lot, now)
    const terms = publishedTerms(lot, ruleSet.version, ruleSet.rules)
    const termsHash = sha256(termsText(terms))
    const changes = {
      state,
      rulesVersion: ruleSet.version,
      rules: ruleSet.rules,
      termsHash,
      announcedAt: now,
      updatedAt: now,
    }
    const announced = await updateLot(tx, id, changes)
    await insertBook(tx, bookOf(lot, terms, termsHash))
    const facts = { rulesVersion: ruleSet.version, termsHash }
    const by = { orgId: actor.orgId, userId: actor.userId }
    await appendAudit(tx, { ...by, action: 'auction.announced', objectId: id, facts, at: now })
    await appendEvents(tx, [lotAnnounced({ lotId: id, opensAt: terms.opensAt, endsAt: terms.endsAt }, now)])
    return announced
  })
}

async function allowingRules(tx: Tx, lot: Lot, now: Date): Promise<RuleSet> {
  const ruleSet = ruleSetFor(await marketAncestors(tx, lot.market), chinaDay(now))
  if (ruleSet === undefined) throw new Error(`no auction rules are in force in ${lot.market} on ${chinaDay(now)}`)
  const faults = termsFaults({ ...lot, endsAt: lot.plannedEndsAt }, ruleSet.rules, now)
  if (faults.length === 0) return ruleSet
  throw new AppError('AUCTION_TERMS_REFUSED', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), {
    details: { rulesVersion: ruleSet.version, faults },
  })
}

function bookOf(lot: Lot, terms: PublishedTerms, termsHash: string) {
  return {
    lotId: lot.id,
    opensAt: lot.opensAt,
    endsAt: lot.plannedEndsAt,
    hardEndsAt: new Date(terms.hardEndsAt),
    softCloseMs: terms.softCloseMs,
    ladderFrom: lot.ladder.map(({ fromFen }) => fromFen),
    ladderStep: lot.ladder.map(({ stepFen }) => stepFen),
    leastFen: lot.startFen,
    lastHash: termsHash,
  }
}
