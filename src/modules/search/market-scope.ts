import type { Db } from '../../db/client.ts'
import { AppError } from '../../kernel/errors.ts'
import { nearest } from '../../kernel/nearest.ts'
import { listMarkets, type Market } from '../markets/index.ts'

/** Where to look, and which words mean the same there. */
export type MarketScope = { markets?: string[]; synonyms: string[][] }

/**
 * The asked market with its branches, and the synonyms of that market, or else of the caller's own, with those of the
 * markets above it. @throws VALIDATION_FAILED for an unknown market.
 */
export async function readMarketScope(
  db: Db,
  { asked, own }: { asked: string | undefined; own: string | undefined },
): Promise<MarketScope> {
  const code = asked ?? own
  if (code === undefined) return { synonyms: [] }
  const markets = await listMarkets(db)
  if (asked !== undefined && !markets.some((market) => market.code === asked)) throw unknownMarket(asked, markets)
  const synonyms = lineOf(code, markets).flatMap(({ rules }) => rules.synonyms)
  return { ...(asked !== undefined && { markets: branchesOf(asked, markets) }), synonyms }
}

/** The market and those above it. A parent twice would be a circle, which ends the line. */
function lineOf(code: string, markets: readonly Market[]): Market[] {
  const line: Market[] = []
  let next: string | null = code
  while (next !== null) {
    const market = markets.find((each) => each.code === next)
    if (market === undefined || line.includes(market)) break
    line.push(market)
    next = market.parentCode
  }
  return line
}

function branchesOf(code: string, markets: readonly Market[]): string[] {
  return markets.filter((market) => lineOf(market.code, markets).some((each) => each.code === code)).map(toCode)
}

function toCode({ code }: Market): string {
  return code
}

function unknownMarket(code: string, markets: readonly Market[]): AppError {
  const guess = nearest(code, markets.map(toCode))
  const message = `is no market; ${guess === undefined ? 'see /v1/markets' : `did you mean "${guess}"?`}`
  return new AppError('VALIDATION_FAILED', 'The request has invalid fields.', {
    errors: [{ location: 'query', pointer: '#/market', code: 'unknown_market', message }],
  })
}
