import { idToUuid } from '../../../kernel/ids.ts'

/** What counts against an item's limits. */
export type Limited = { demandId: string; supplyId: string; demandOrgId: string; supplyOrgId: string; market: string }

export type LimitRules = {
  maxMatchesPerListing: number
  maxMatchesPerListingDay: number
  maxMatchesPerOrganisationDay: number
  maxOpenItemsPerBrokerDay: number
}

export type Usage = {
  /** Undecided items by listing. */
  undecided: ReadonlyMap<string, number>
  /** Items opened today, by UUID of listing or organisation and by market. */
  today: ReadonlyMap<string, number>
  /** By market. */
  brokers: ReadonlyMap<string, number>
}

type Limit = { name: string; rule: (rules: LimitRules, usage: Usage) => number }

/** The names of the limits that an item takes a place of: undecided and today's ones of both listings, organisations, market. */
export function limitNames(item: Limited): string[] {
  return limitsOn(item).map(({ name }) => name)
}

/** The places that are left. Where the markets of a batch differ in a rule on the same listing, the stricter holds. */
export function roomFor(items: readonly (Limited & { rules: LimitRules })[], usage: Usage): Map<string, number> {
  const room = new Map<string, number>()
  for (const item of items) {
    for (const { name, rule } of limitsOn(item)) {
      const places = rule(item.rules, usage)
      room.set(name, Math.min(places, room.get(name) ?? places))
    }
  }
  return room
}

function limitsOn({ demandId, supplyId, demandOrgId, supplyOrgId, market }: Limited): Limit[] {
  return [
    ...[demandId, supplyId].flatMap((id) => [
      {
        name: `undecided ${id}`,
        rule: (rules: LimitRules, { undecided }: Usage) => rules.maxMatchesPerListing - (undecided.get(id) ?? 0),
      },
      {
        name: `today ${id}`,
        rule: (rules: LimitRules, { today }: Usage) => rules.maxMatchesPerListingDay - (today.get(idToUuid(id)) ?? 0),
      },
    ]),
    ...[demandOrgId, supplyOrgId].map((id) => ({
      name: `today ${id}`,
      rule: (rules: LimitRules, { today }: Usage) =>
        rules.maxMatchesPerOrganisationDay - (today.get(idToUuid(id)) ?? 0),
    })),
    {
      name: `today ${market}`,
      // A market whose brokers are not appointed yet collects what one of them could do.
      rule: (rules, { today, brokers }) =>
        rules.maxOpenItemsPerBrokerDay * Math.max(1, brokers.get(market) ?? 0) - (today.get(market) ?? 0),
    },
  ]
}
