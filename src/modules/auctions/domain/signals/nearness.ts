import type { Party, Signal, SignalBidder, SignalFacts } from './facts.ts'

type Nearness = { by: 'mail_domain' | 'address_range'; value: string; zh: string }

/** What two organisations have in common that strangers rarely have. */
export function nearnessOf(a: Party, b: Party): Nearness | undefined {
  const domain = a.mailDomains.find((one) => b.mailDomains.includes(one))
  if (domain !== undefined) return { by: 'mail_domain', value: domain, zh: `邮箱域名同为${domain}` }
  if (a.addressRange === null || a.addressRange !== b.addressRange) return undefined
  return { by: 'address_range', value: a.addressRange, zh: `网络地址同属${a.addressRange}` }
}

/** Bidders who have something in common with the seller, or with one another. */
export function nearnessSignals({ seller, bidders }: SignalFacts): Signal[] {
  const withSeller = bidders.flatMap((bidder): Signal[] => {
    const near = nearnessOf(bidder, seller)
    if (near === undefined) return []
    return [
      {
        ...{ code: 'bidder_near_seller', bidderNumbers: [bidder.number], evidence: { [near.by]: near.value } },
        zh: `${bidder.number}号竞买人与出让方${near.zh}，可能存在关联。`,
        en: `Bidder ${bidder.number} and the seller share ${near.value}.`,
      },
    ]
  })
  return [...withSeller, ...pairsOf(bidders).flatMap(([a, b]) => betweenBidders(a, b))]
}

function betweenBidders(a: SignalBidder, b: SignalBidder): Signal[] {
  const near = nearnessOf(a, b)
  if (near === undefined) return []
  return [
    {
      ...{ code: 'bidders_near_each_other', bidderNumbers: [a.number, b.number], evidence: { [near.by]: near.value } },
      zh: `${a.number}号与${b.number}号竞买人${near.zh}，可能由同一方控制。`,
      en: `Bidders ${a.number} and ${b.number} share ${near.value}.`,
    },
  ]
}

/** Bidders whom somebody declared related to the seller in another lot, but nobody in this one. */
export function relatedElsewhereSignals({ seller, bidders }: SignalFacts): Signal[] {
  return bidders
    .filter((one) => one.relatedOrgIds.includes(seller.orgId) || seller.relatedOrgIds.includes(one.orgId))
    .map(({ number, orgId }) => ({
      ...{ code: 'related_elsewhere', bidderNumbers: [number], evidence: { organisationId: orgId } },
      zh: `${number}号竞买人在其他标的中曾被声明为出让方的关联方。`,
      en: `Bidder ${number} was declared related to the seller in another lot.`,
    }))
}

/** A winner that did not pay and left the lot to a bidder with whom it has something in common. */
export function neighbourDefaultSignals({ bidders, defaultedOrgIds }: SignalFacts): Signal[] {
  const best = (one: SignalBidder) => Math.max(0, ...one.bids.map(({ amountFen }) => amountFen))
  const [next] = bidders.filter(({ orgId }) => !defaultedOrgIds.includes(orgId)).sort((a, b) => best(b) - best(a))
  if (next === undefined || best(next) === 0) return []
  return bidders
    .filter(({ orgId }) => defaultedOrgIds.includes(orgId))
    .flatMap((winner): Signal[] => {
      const near = nearnessOf(winner, next)
      if (near === undefined) return []
      const evidence = { [near.by]: near.value, wonFen: best(winner), nextFen: best(next) }
      return [
        {
          ...{ code: 'default_for_neighbour', bidderNumbers: [winner.number, next.number], evidence },
          zh: `${winner.number}号竞买人竞得后违约，次高价${next.number}号与其${near.zh}，可能以高价吓退他人。`,
          en: `Bidder ${winner.number} won and defaulted; the next, ${next.number}, shares ${near.value} with it.`,
        },
      ]
    })
}

function pairsOf<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]))
}
