import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { nameOfMissing } from '../../rules/index.ts'
import { checkEligibility } from '../eligibility/index.ts'
import { type Application, insertApplication, insertStep } from './application-repo.ts'
import { assertConnections } from './assert-connections.ts'
import type { CreateApplication } from './schemas.ts'
import { sharedFacts } from './shared-facts.ts'

/**
 * Opens an application of the actor's organisation after a pre-check by the product's rules. The bank sees nothing of it until
 * it is submitted. @throws NOT_FOUND, VALIDATION_FAILED for an amount or term outside the product's, ALREADY_EXISTS while
 * another one for the product is open.
 */
export async function createApplication(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { productId, ...input }: CreateApplication & { productId: Id<'financeProduct'> },
): Promise<Application> {
  const now = deps.clock.now()
  const { product, judged, facts } = await checkEligibility(deps, actor, { productId })
  assertWithin(product.details, input)
  await assertConnections(deps.db, actor, { ...input, providerId: product.providerId })
  const preCheck = {
    ...{ answer: judged.answer, missing: judged.missing.map(nameOfMissing) },
    productVersion: product.version,
  }
  const application: Application = {
    ...{ id: newId('financeApplication'), productId, applicantId: actor.orgId, providerId: product.providerId },
    ...{ market: product.market, matchId: input.matchId ?? null, stage: 'pre_checked' },
    ...{
      agreementId: input.agreementId ?? null,
      riskPoolId: null,
      rateBasisPoints: null,
      quotaHeldFen: 0,
      chasedAt: null,
    },
    ...{ amountFen: input.amountFen, termMonths: input.termMonths, purpose: input.purpose },
    ...{ lineFen: null, drawnFen: 0, repaidFen: 0, compensatedFen: 0, declineReason: null, preCheck },
    ...{ shared: sharedFacts(facts, input.shareFields), documents: input.documents, dueAt: null },
    ...{ approvalDays: product.details.approvalDays ?? null, version: 1, createdBy: actor.userId },
    ...{ createdAt: now, submittedAt: null, decidedAt: null, updatedAt: now },
  }
  await withTx(deps.db, async (tx) => {
    await insertApplication(tx, application)
    await insertStep(tx, {
      ...{ applicationId: application.id, version: 1, action: 'create', fromStage: null, toStage: 'pre_checked' },
      ...{ movement: null, amountFen: null, movedOn: null, note: null },
      ...{ orgId: actor.orgId, userId: actor.userId, at: now },
    })
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'application.created', objectId: application.id, facts: { productId } })
  }).catch((cause: unknown) => {
    if (!isUniqueViolation(cause, 'finance_applications__open')) throw cause
    throw new AppError('ALREADY_EXISTS', 'An application for this product is open already.', { cause })
  })
  return application
}

type Limits = {
  amountMinFen?: number | undefined
  amountMaxFen?: number | undefined
  termMonthsMin?: number | undefined
  termMonthsMax?: number | undefined
}

function assertWithin(limits: Limits, { amountFen, termMonths }: CreateApplication): void {
  const { amountMinFen = 1, amountMaxFen = Number.MAX_SAFE_INTEGER, termMonthsMin = 1, termMonthsMax = 600 } = limits
  if (amountFen < amountMinFen || amountFen > amountMaxFen) {
    throw invalidField(
      '#/amountFen',
      'out_of_range',
      `must be from ${amountMinFen} to ${amountMaxFen} for this product`,
    )
  }
  if (termMonths < termMonthsMin || termMonths > termMonthsMax) {
    throw invalidField('#/termMonths', 'out_of_range', `must be from ${termMonthsMin} to ${termMonthsMax} months`)
  }
}
