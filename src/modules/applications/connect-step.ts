import type { Tx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type FinanceProductDetails, yearlyBasisPoints } from '../financing/index.ts'
import { drawUnderAgreement, repayUnderAgreement } from '../framework-agreements/index.ts'
import { findListing } from '../listings/index.ts'
import { compensateLoss, guaranteeLine, type Line, releaseGuarantee } from '../risk-sharing/index.ts'
import type { Application } from './application-repo.ts'
import { balanceOf } from './domain/amounts.ts'
import { moveQuota } from './move-quota.ts'
import type { ChangeStage } from './schemas.ts'

/** The pool of a batch that a guarantee belongs to; without it, the one that the product names. */
export type Batch = { poolId: Id<'riskPool'>; batchId: Id<'guaranteeBatch'> }
type At = { tx: Tx; clock: Clock; now: Date }

/** What the pool behind an overdue application pays; without a pool, what the bank says. @throws LIMIT_EXCEEDED */
export async function compensationOf(
  { tx, now }: At,
  actor: Principal,
  { before, amountFen }: { before: Application; amountFen: number | undefined },
): Promise<number | undefined> {
  const { riskPoolId: poolId, id: applicationId } = before
  if (poolId === null) return amountFen
  return compensateLoss(tx, { actor, now }, { poolId, applicationId, lossFen: balanceOf(before), amountFen })
}

/**
 * Lets a step take effect on what the application is connected with: the quota of its product, the pool that guarantees it,
 * the agreement it is drawn under. @returns the application with what it holds of them. @throws LIMIT_EXCEEDED, NOT_ELIGIBLE
 */
export async function connectStep(
  at: At,
  after: Application,
  { action, amountFen, on, batch }: Omit<ChangeStage, 'note' | 'reason'> & { batch?: Batch | undefined },
): Promise<Application> {
  const { tx, clock, now } = at
  const held = { ...after, quotaHeldFen: await moveQuota({ db: tx, clock }, after) }
  if (action === 'approve') return { ...held, rateBasisPoints: await rateOf(tx, after, chinaDay(now)) }
  if (action === 'guarantee') return { ...held, riskPoolId: await guaranteed(at, after, batch) }
  const { agreementId: id, riskPoolId: poolId, providerId, id: applicationId } = after
  if (action === 'settle' && poolId !== null) await releaseGuarantee(tx, { poolId, applicationId, now })
  if (id === null || amountFen === undefined) return held
  const movement = { id, providerId, amountFen, now }
  if (action === 'draw') await drawUnderAgreement(tx, { ...movement, day: on ?? chinaDay(now) })
  if (action === 'repay' || action === 'compensate') await repayUnderAgreement(tx, movement)
  return held
}

async function rateOf(tx: Tx, { productId, termMonths }: Application, day: string): Promise<number | null> {
  const { rate } = await productDetails(tx, productId)
  return rate === undefined ? null : yearlyBasisPoints(rate, { day, termMonths })
}

/** A guarantee from outside the platform leaves no pool. */
async function guaranteed({ tx, now }: At, after: Application, batch: Batch | undefined) {
  const { riskPoolId } = await productDetails(tx, after.productId)
  const poolId = batch?.poolId ?? riskPoolId
  if (poolId === undefined) return null
  await guaranteeLine(tx, { poolId, kind: batch ? 'batch' : 'fund', line: lineOf(after), batchId: batch?.batchId, now })
  return poolId
}

function lineOf({ id: applicationId, applicantId, providerId, lineFen }: Application): Line {
  if (lineFen === null) throw new AppError('TRANSITION_NOT_ALLOWED', 'There is no line to guarantee.')
  return { applicationId, applicantId, providerId, lineFen }
}

async function productDetails(tx: Tx, id: Application['productId']): Promise<Partial<FinanceProductDetails>> {
  return ((await findListing(tx, id))?.details ?? {}) as Partial<FinanceProductDetails>
}
