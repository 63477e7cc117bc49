import type { OrganisationKind } from '../../../kernel/principal.ts'

export const pricingModes = ['agreement', 'listing', 'auction', 'fixed'] as const
/** 协议定价, 挂牌交易, 拍卖, 公开标价 (open licences). */
export type PricingMode = (typeof pricingModes)[number]

/** Days of publicity that hold for contracts signed from a day on. */
export type PublicityRule = { from: string; days: number }

/** Where and from when the price and the name of the achievement were made public at the institution (公示). */
export type Publicity = { from: string; place: string; evidence?: { name: string; sha256: string }[] | undefined }

/**
 * State universities and research institutes that set the price of an achievement by agreement have to make name and price
 * public on their premises first: 促进科技成果转化法 §18, 国发〔2016〕16号 (1)2: at least 15 days.
 */
export function needsPublicity(provider: OrganisationKind, pricing: PricingMode | null): boolean {
  return pricing === 'agreement' && (provider === 'university' || provider === 'research_institute')
}

/** The rule with the latest beginning that is not after the day. */
export function daysInForce(rules: readonly PublicityRule[], day: string): number | undefined {
  const begun = rules.filter(({ from }) => from <= day).sort((one, other) => (one.from < other.from ? 1 : -1))
  return begun[0]?.days
}

/** The first day on which the contract may be signed: the publicity lasts so many whole days. */
export function firstSigningDay(publicity: Pick<Publicity, 'from'>, days: number): string {
  const start = Date.parse(`${publicity.from}T00:00:00Z`)
  return new Date(start + days * 86_400_000).toISOString().slice(0, 10)
}
