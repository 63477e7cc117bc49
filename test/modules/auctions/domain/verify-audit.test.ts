import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Audit, AuditedBid } from '../../../../src/modules/auctions/domain/audit.ts'
import { bidText, type ChainedBid, reserveText, termsText } from '../../../../src/modules/auctions/domain/chain.ts'
import { verifyAudit } from '../../../../src/modules/auctions/domain/verify-audit.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const start = Date.parse('2026-11-20T00:00:00.000Z')
const minute = 60_000
const at = (minutes: number) => new Date(start + minutes * minute).toISOString()

/** A lot of an hour with a bid in its last five minutes, sold at 130. */
function anAudit(): Audit {
  const terms = {
    ...({
      lotId: 'auc_1',
      sessionId: 'ase_1',
      supplyId: 'sup_1',
      saleMode: 'assignment',
      rulesVersion: 'test',
    } as const),
    ...{ startFen: 100, depositFen: 10, ladder: [{ fromFen: 0, stepFen: 10 }] },
    reserveCommitment: sha256(reserveText(120, 'salt')),
    ...{ opensAt: at(0), endsAt: at(60), hardEndsAt: at(90), softCloseMs: 5 * minute },
  }
  const termsHash = sha256(termsText(terms))
  const bids = chained(termsHash, [
    { seq: 1, bidderNumber: 7, amountFen: 100, kind: 'manual', coveredNumber: null, at: at(10), endsAt: at(60) },
    { seq: 2, bidderNumber: 9, amountFen: 120, kind: 'automatic', coveredNumber: null, at: at(58), endsAt: at(63) },
    { seq: 3, bidderNumber: 9, amountFen: 130, kind: 'automatic', coveredNumber: 7, at: at(59), endsAt: at(64) },
  ])
  return {
    ...{ format: 'queqiao-auction-audit/1', terms, termsHash, outcome: 'sold', unsoldReason: null },
    ...{ closedAt: at(64), finalEndsAt: at(64), reserve: { reserveFen: 120, salt: 'salt' }, bids },
    awards: [{ bidderNumber: 9, amountFen: 130, rank: 1, basis: 'bidding', state: 'accepted' }],
  }
}

function chained(genesis: string, bids: ChainedBid[]): AuditedBid[] {
  let previousHash = genesis
  return bids.map((bid) => {
    const link = { ...bid, previousHash, hash: sha256(bidText(previousHash, bid)) }
    previousHash = link.hash
    return link
  })
}

const rulesBroken = (audit: Audit) => [...new Set(verifyAudit(audit, sha256).map(({ rule }) => rule))]

/** The record after the bids were changed and all hashes made anew, as whoever owns the database could. */
function rewritten(change: (bids: ChainedBid[]) => ChainedBid[]): Audit {
  const audit = anAudit()
  return { ...audit, bids: chained(audit.termsHash, change(audit.bids)) }
}

const changed = (seq: number, change: Partial<ChainedBid>) => (bids: ChainedBid[]) =>
  bids.map((bid) => (bid.seq === seq ? { ...bid, ...change } : bid))

describe('a record', () => {
  it('of an honest auction verifies', () => {
    expect(verifyAudit(anAudit(), sha256)).toEqual([])
  })

  it('with any field of a bid changed does not', () => {
    const audit = anAudit()
    const changes: Partial<AuditedBid>[] = [
      ...[{ seq: 4 }, { bidderNumber: 8 }, { amountFen: 121 }, { kind: 'manual' } as const, { coveredNumber: 3 }],
      ...[{ at: at(57) }, { endsAt: at(64) }, { previousHash: 'x' }, { hash: 'x' }],
    ]
    for (const change of changes) {
      const bids = audit.bids.map((bid) => (bid.seq === 2 ? { ...bid, ...change } : bid))
      expect(rulesBroken({ ...audit, bids }), JSON.stringify(change)).not.toEqual([])
    }
  })

  it('with a bid left out or turned around does not', () => {
    const audit = anAudit()
    const [one, two, three] = audit.bids as [AuditedBid, AuditedBid, AuditedBid]
    for (const bids of [
      [two, three],
      [one, three],
      [one, two],
      [two, one, three],
    ]) {
      expect(rulesBroken({ ...audit, bids })).not.toEqual([])
    }
  })

  it.each([
    ['a bid below the step', rewritten(changed(2, { amountFen: 109 })), 'step'],
    ['a bid after the end', rewritten(changed(2, { at: at(61) })), 'after_end'],
    ['an extension that no rule gives', rewritten(changed(1, { endsAt: at(70) })), 'extension'],
    ['an extension that was not given', rewritten(changed(3, { endsAt: at(63) })), 'extension'],
    ['a leader that outbids itself', rewritten(changed(3, { coveredNumber: null })), 'own_lead'],
    ['a bid before the opening', rewritten(changed(1, { at: at(-1) })), 'time_order'],
  ])('whose chain was made anew around %s is found by the rules', (_, audit, rule) => {
    expect(rulesBroken(audit)).toContain(rule)
  })

  it.each<[string, Partial<Audit>, string]>([
    ['another reserve', { reserve: { reserveFen: 140, salt: 'salt' } }, 'reserve_opening'],
    ['other terms', { terms: { ...anAudit().terms, startFen: 90 } }, 'terms_hash'],
    ['another winner', { awards: [{ ...anAudit().awards[0], bidderNumber: 7 } as Audit['awards'][0]] }, 'award'],
    ['no sale', { outcome: 'unsold', unsoldReason: 'reserve_not_met', awards: [] }, 'outcome'],
    ['an early close', { closedAt: at(63) }, 'early_close'],
    ['a withdrawal', { outcome: 'withdrawn' }, 'withdrawn_with_bids'],
  ])('that tells of %s does not verify', (_, change, rule) => {
    expect(rulesBroken({ ...anAudit(), ...change })).toContain(rule)
  })

  it('lets the defaulted lot go to the best other bidder at its own amount', () => {
    const audit = anAudit()
    const [first] = audit.awards as [Audit['awards'][0]]
    const offer = { bidderNumber: 7, amountFen: 100, rank: 2, basis: 'second_offer', state: 'offered' }
    const awards = [{ ...first, state: 'defaulted' }, offer]
    expect(rulesBroken({ ...audit, awards })).toEqual(['later_award'])
    const twice = [first, { ...first, rank: 2, basis: 'priority' }]
    expect(rulesBroken({ ...audit, awards: twice })).toEqual(['double_award'])
  })
})
