import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { findMarket, type Market, marketAncestors, upsertMarketRow } from './market-repo.ts'
import { type UpsertMarket, upsertMarketInput } from './schemas.ts'

/**
 * Creates a market or changes it to these values; repeating it changes nothing. Parents come before their branches.
 * @throws VALIDATION_FAILED for an unknown parent and for a parent that lies below the market itself.
 */
export async function upsertMarket(deps: { db: Db; clock: Clock }, input: UpsertMarket): Promise<Market> {
  const { parentCode, ...values } = upsertMarketInput.parse(input)
  if (parentCode !== undefined) await assertParent(deps.db, values.code, parentCode)
  return upsertMarketRow(deps.db, { ...values, parentCode: parentCode ?? null, createdAt: deps.clock.now() })
}

async function assertParent(db: Db, code: string, parentCode: string): Promise<void> {
  if ((await findMarket(db, parentCode)) === undefined) {
    throw invalidField('#/parentCode', 'unknown_market', `there is no market "${parentCode}"`)
  }
  if ((await marketAncestors(db, parentCode)).includes(code)) {
    throw invalidField('#/parentCode', 'market_cycle', 'the parent lies below this market')
  }
}
