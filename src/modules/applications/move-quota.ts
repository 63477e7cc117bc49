import type { Tx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { type FinanceProductDetails, financeProductKind } from '../financing/index.ts'
import { changeDetails, findListing } from '../listings/index.ts'
import type { Application } from './application-repo.ts'
import { quotaOf } from './domain/quota.ts'

/**
 * Takes what a step needs from the quota of the product, or gives back what it frees, under the lock of the product's row.
 * A product without a quota has no end; one that is off the market keeps none, and its bank says a new one when it returns.
 * @returns what the application holds afterwards. @throws LIMIT_EXCEEDED when too little is left.
 */
export async function moveQuota(deps: { db: Tx; clock: Clock }, application: Application): Promise<number> {
  const { productId, quotaHeldFen } = application
  const neededFen = quotaOf(application) - quotaHeldFen
  if (neededFen === 0) return quotaHeldFen
  const product = await findListing(deps.db, productId)
  if (product === undefined || leftOf(product.details) === undefined) return 0
  const ref = { definition: financeProductKind, id: productId, fields: ['quotaLeftFen'] }
  const isChanged = await changeDetails(deps, { ...ref, change: (details) => lowered(details, neededFen) })
  return isChanged ? quotaHeldFen + neededFen : 0
}

function lowered(details: Record<string, unknown>, neededFen: number): Record<string, unknown> {
  const leftFen = leftOf(details)
  if (leftFen === undefined) return details
  if (neededFen <= leftFen) return { ...details, quotaLeftFen: leftFen - neededFen }
  throw new AppError('LIMIT_EXCEEDED', `The product has ${leftFen} fen of its quota left.`, { details: { leftFen } })
}

function leftOf(details: Record<string, unknown>): number | undefined {
  return (details as FinanceProductDetails).quotaLeftFen
}
