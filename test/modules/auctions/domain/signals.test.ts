import { describe, expect, it } from 'vitest'
import {
  addressRange,
  type PastLot,
  type SignalBidder,
  type SignalFacts,
  signalsOf,
} from '../../../../src/modules/auctions/domain/signals/index.ts'

const bidder = (number: number, change: Partial<SignalBidder> = {}): SignalBidder => ({
  ...{ number, orgId: `org${number}`, mailDomains: [`m${number}.cn`], addressRange: null, relatedOrgIds: [] },
  ...{ isExcluded: false, bids: [], ...change },
})
const seller = { orgId: 'seller', mailDomains: ['seller.cn'], addressRange: '10.0.1.0/24', relatedOrgIds: [] }
const facts = (change: Partial<SignalFacts>): SignalFacts => ({
  ...{ seller, bidders: [], past: [], defaultedOrgIds: [], endsAtMs: 1_000_000, softCloseMs: 300_000, ...change },
})
const past = (lotId: string, bidderOrgIds: string[], change: Partial<PastLot> = {}): PastLot => ({
  ...{ lotId, sellerOrgId: 'seller', bidderOrgIds, winnerOrgId: bidderOrgIds[0] ?? null, ...change },
})
const found = (change: Partial<SignalFacts>) =>
  signalsOf(facts(change)).map(({ code, bidderNumbers }) => [code, ...bidderNumbers])

describe('signals of collusion', () => {
  it('finds none among strangers with ordinary histories', () => {
    const bidders = [bidder(1, { bids: [{ seq: 1, amountFen: 5, atMs: 999_000 }] }), bidder(2)]
    expect(found({ bidders, past: [past('a', ['org1', 'org2']), past('b', ['org1', 'org3'])] })).toEqual([])
  })

  it('finds who shares an address with the seller or with another bidder', () => {
    const bidders = [bidder(1, { mailDomains: ['seller.cn'] }), bidder(2, { addressRange: '10.0.1.0/24' }), bidder(3)]
    const twins = [...bidders, bidder(4, { mailDomains: ['m3.cn'] })]
    expect(found({ bidders: twins })).toEqual([
      ['bidder_near_seller', 1],
      ['bidder_near_seller', 2],
      ['bidders_near_each_other', 3, 4],
    ])
    expect(signalsOf(facts({ bidders }))[0]).toMatchObject({
      evidence: { mail_domain: 'seller.cn' },
      zh: '1号竞买人与出让方邮箱域名同为seller.cn，可能存在关联。',
    })
  })

  it('finds who was declared related elsewhere, from either side', () => {
    const bidders = [bidder(1, { relatedOrgIds: ['seller'] }), bidder(2), bidder(3)]
    const codes = found({ bidders, seller: { ...seller, relatedOrgIds: ['org2'] } })
    expect(codes).toEqual([
      ['related_elsewhere', 1],
      ['related_elsewhere', 2],
    ])
  })

  it('finds who bids on three lots of one seller and never wins, unless it bids everywhere or has won', () => {
    const lots = ['a', 'b', 'c'].map((id) => past(id, ['other', 'org1']))
    expect(found({ bidders: [bidder(1)], past: lots })).toEqual([['feeds_one_seller', 1]])
    expect(found({ bidders: [bidder(1)], past: lots.slice(1) })).toEqual([])
    const elsewhere = ['d', 'e', 'f'].map((id) => past(id, ['other', 'org1'], { sellerOrgId: `s${id}` }))
    expect(found({ bidders: [bidder(1)], past: [...lots, ...elsewhere] })).toEqual([])
    expect(found({ bidders: [bidder(1)], past: [...lots, past('d', ['org1'])] })).toEqual([])
  })

  it('finds two who won four lots in turn, and not two of whom one wins always', () => {
    const inTurn = ['a', 'b', 'c', 'd'].map((id, i) => past(id, i % 2 === 0 ? ['org1', 'org2'] : ['org2', 'org1']))
    const bidders = [bidder(1), bidder(2)]
    expect(found({ bidders, past: inTurn })).toContainEqual(['winners_rotate', 1, 2])
    expect(found({ bidders, past: inTurn.slice(1) }).flat()).not.toContain('winners_rotate')
    const always = ['a', 'b', 'c', 'd'].map((id) => past(id, ['org1', 'org2']))
    expect(found({ bidders, past: always }).flat()).not.toContain('winners_rotate')
  })

  it('finds late bids of the excluded, and early ones not', () => {
    const late = { isExcluded: true, bids: [{ seq: 1, amountFen: 700, atMs: 900_000 }] }
    expect(signalsOf(facts({ bidders: [bidder(1, late)] }))[0]).toMatchObject({
      ...{ code: 'late_bid_of_excluded', evidence: { bids: 1, highestFen: 700 } },
    })
    const early = { ...late, bids: [{ seq: 1, amountFen: 700, atMs: 300_000 }] }
    expect(found({ bidders: [bidder(1, early)] })).toEqual([])
  })

  it('finds a winner that defaults where the next bidder is its neighbour', () => {
    const high = bidder(1, { bids: [{ seq: 2, amountFen: 900, atMs: 1 }] })
    const low = (change: Partial<SignalBidder>) => bidder(2, { bids: [{ seq: 1, amountFen: 100, atMs: 1 }], ...change })
    const defaultedOrgIds = ['org1']
    expect(found({ bidders: [high, low({ mailDomains: ['m1.cn'] })], defaultedOrgIds })).toContainEqual([
      'default_for_neighbour',
      1,
      2,
    ])
    expect(found({ bidders: [high, low({})], defaultedOrgIds })).toEqual([])
  })
})

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:0db8:0012:3400::1', '2001:db8:12::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['unknown', null],
  ['1:2:3', null],
])('knows %s by its range %s', (address, range) => {
  expect(addressRange(address)).toBe(range)
})
