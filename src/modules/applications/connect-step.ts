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

type Step = Omit<ChangeStage, 'note' | 'reason'> & { batch?: Batch | undefined }

/**
 * Lets a step take effect on what the application is connected with: the pool that guarantees it, the agreement it is drawn
 * under, and, always last so that two steps cannot wait for each other, the quota of its product.
 * @returns the application with what it holds of them. @throws LIMIT_EXCEEDED, NOT_ELIGIBLE
 */
export async function connectStep(at: At, after: Application, step: Step): Promise<Application> {
  const connected = { ...after, ...(await settle(at, after, step)) }
  return { ...connected, quotaHeldFen: await moveQuota({ db: at.tx, clock: at.clock }, connected) }
}

async function settle(at: At, after: Application, step: Step): Promise<Partial<Application>> {
  const { tx, now } = at
  const { riskPoolId: poolId, id: applicationId } = after
  if (step.action === 'approve') return { rateBasisPoints: await rateOf(tx, after, chinaDay(now)) }
  if (step.action === 'guarantee') return { riskPoolId: await guaranteed(at, after, step.batch) }
  if (step.action === 'settle' && poolId !== null) await releaseGuarantee(tx, { poolId, applicationId, now })
  await moveUnderAgreement(at, after, step)
  return {}
}

async function moveUnderAgreement({ tx, now }: At, after: Application, { action, amountFen, on }: Step): Promise<void> {
  const { agreementId: id, providerId } = after
  if (id === null || amountFen === undefined) return
  const movement = { id, providerId, amountFen, now }
  if (action === 'draw') await drawUnderAgreement(tx, { ...movement, day: on ?? chinaDay(now) })
  if (action === 'repay' || action === 'compensate') await repayUnderAgreement(tx, movement)
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
