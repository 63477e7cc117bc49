import type { PastLot, Signal, SignalBidder, SignalFacts } from './facts.ts'

/** So many lots of one seller without a win are no chance any more. */
const leastFed = 3
/** Of all the lots that it bid for. */
const leastFedShare = 0.6

/** A bidder that often bids on this seller's lots, hardly on others', and never gets any: it may push prices. */
export function feedingSignals({ seller, bidders, past }: SignalFacts): Signal[] {
  return bidders.flatMap((bidder): Signal[] => {
    const all = past.filter(({ bidderOrgIds }) => bidderOrgIds.includes(bidder.orgId))
    const fed = all.filter(({ sellerOrgId }) => sellerOrgId === seller.orgId)
    const hasWon = all.some(({ winnerOrgId }) => winnerOrgId === bidder.orgId)
    if (hasWon || fed.length < leastFed || fed.length < all.length * leastFedShare) return []
    return [
      {
        code: 'feeds_one_seller',
        bidderNumbers: [bidder.number],
        evidence: { lotsOfSeller: fed.length, lotsInAll: all.length, wins: 0, lotIds: fed.map(({ lotId }) => lotId) },
        zh: `${bidder.number}号竞买人此前参与竞价的${all.length}件标的中有${fed.length}件属于本出让方，从未竞得，可能托价。`,
        en: `Bidder ${bidder.number} bid for ${fed.length} lots of this seller, ${all.length} in all, and never won.`,
      },
    ]
  })
}

const leastRotations = 4

/** Two bidders who were the two highest of several lots and won them in turn: they may have agreed on who gets which. */
export function rotationSignals({ bidders, past }: SignalFacts): Signal[] {
  return bidders.flatMap((a, i) =>
    bidders.slice(i + 1).flatMap((b): Signal[] => {
      const shared = past.filter((lot) => areTopTwo(lot, a, b))
      const winners = shared.map(({ winnerOrgId }) => winnerOrgId)
      const isInTurn = winners.every((winner, n) => winner !== null && (n === 0 || winner !== winners[n - 1]))
      if (shared.length < leastRotations || !isInTurn) return []
      return [
        {
          code: 'winners_rotate',
          bidderNumbers: [a.number, b.number],
          evidence: { lots: shared.length, lotIds: shared.map(({ lotId }) => lotId) },
          zh: `${a.number}号与${b.number}号竞买人在${shared.length}件标的中同为前两名并轮流竞得，可能约定轮流中标。`,
          en: `Bidders ${a.number} and ${b.number} were the two highest of ${shared.length} lots and won them in turn.`,
        },
      ]
    }),
  )
}

function areTopTwo({ bidderOrgIds }: PastLot, a: SignalBidder, b: SignalBidder): boolean {
  const top = bidderOrgIds.slice(0, 2)
  return top.includes(a.orgId) && top.includes(b.orgId)
}

/** Bids in the last moments of somebody who was excluded: the price may be one that nobody meant. */
export function lateExcludedSignals({ bidders, endsAtMs, softCloseMs }: SignalFacts): Signal[] {
  return bidders.flatMap(({ number, isExcluded, bids }): Signal[] => {
    const late = bids.filter(({ atMs }) => atMs >= endsAtMs - 2 * softCloseMs)
    if (!isExcluded || late.length === 0) return []
    return [
      {
        ...{ code: 'late_bid_of_excluded', bidderNumbers: [number] },
        evidence: { bids: late.length, highestFen: Math.max(...late.map(({ amountFen }) => amountFen)) },
        zh: `${number}号竞买人在截止前最后时刻出价${late.length}次，随后被取消资格。`,
        en: `Bidder ${number} bid ${late.length} times in the last moments and was excluded.`,
      },
    ]
  })
}
