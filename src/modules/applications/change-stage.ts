import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { assert } from '../../kernel/assert.ts'
import { addDays, type Clock, chinaDay } from '../../kernel/clock.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/index.ts'
import {
  type Application,
  type ApplicationId,
  insertStep,
  lockApplication,
  type Step,
  updateApplication,
} from './application-repo.ts'
import { type Batch, compensationOf, connectStep } from './connect-step.ts'
import { amountsAfter, movementOf } from './domain/amounts.ts'
import { applicantActions, applicationLifecycle, daysToAct } from './domain/lifecycle.ts'
import { applicationStageChanged } from './events.ts'
import type { ChangeStage } from './schemas.ts'

type Input = ChangeStage & { id: ApplicationId; version?: number | undefined; batch?: Batch | undefined }

/**
 * One step of an application by the side whose step it is, with the money that moves in it, and what follows from it for quota,
 * pool and agreement. The row is locked, so that two drawings at the same moment cannot pass the line together.
 * @throws NOT_FOUND, FORBIDDEN, TRANSITION_NOT_ALLOWED, LIMIT_EXCEEDED, NOT_ELIGIBLE, PRECONDITION_FAILED.
 */
export async function changeStage(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, version, batch, ...input }: Input,
): Promise<Application> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await lockApplication(tx, id, actor.orgId)
    if (version !== undefined && version !== before.version) throw versionConflict(before.version)
    assertMayAct(actor, before, input)
    if (input.on !== undefined && input.on > chinaDay(now)) {
      throw invalidField('#/on', 'in_the_future', 'must not be after today')
    }
    const at = { tx, clock: deps.clock, now }
    const isCompensation = input.action === 'compensate' && before.stage === 'overdue'
    const amountFen = isCompensation
      ? await compensationOf(at, actor, { before, amountFen: input.amountFen })
      : input.amountFen
    const step = { ...input, amountFen }
    const after = await connectStep(at, stepped(before, step, now), { ...step, batch })
    await updateApplication(tx, after)
    await insertStep(tx, stepOf({ before, after }, step, { actor, now }))
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'application.stage_changed', objectId: id, facts: { step: input.action } })
    await appendEvents(tx, eventsOf(after, actor, now))
    return after
  })
}

function stepOf(
  { before, after }: { before: Application; after: Application },
  { action, amountFen, on, note }: ChangeStage,
  { actor, now }: { actor: Principal; now: Date },
): Step {
  const movement = movementOf(action) ?? null
  return {
    ...{ applicationId: after.id, version: after.version, action, fromStage: before.stage, toStage: after.stage },
    ...{ movement, amountFen: amountFen ?? null, movedOn: movement && (on ?? chinaDay(now)), note: note ?? null },
    ...{ orgId: actor.orgId, userId: actor.userId, at: now },
  }
}

/** Of what was never submitted the provider does not hear. */
function eventsOf(after: Application, actor: Principal, now: Date): DomainEvent[] {
  const { id, applicantId, providerId, stage, version, submittedAt } = after
  if (submittedAt === null) return []
  const sides = { applicantId, providerId, byOrgId: actor.orgId }
  return [applicationStageChanged({ applicationId: id, ...sides, stage, version }, now)]
}

function assertMayAct(actor: Principal, { applicantId, preCheck }: Application, { action, reason }: ChangeStage): void {
  const isApplicantsStep = applicantActions.some((one) => one === action)
  if (isApplicantsStep !== (actor.orgId === applicantId)) {
    throw new AppError('FORBIDDEN', `“${action}” is a step of the ${isApplicantsStep ? 'applicant' : 'provider'}.`)
  }
  assert(action !== 'submit' || preCheck.answer !== 'no', 'NOT_ELIGIBLE', 'The pre-check says no; see the explanation.')
  if ((action === 'decline') !== (reason !== undefined)) {
    throw invalidField(
      '#/reason',
      'reason',
      action === 'decline' ? 'a refusal needs a reason' : 'only a refusal has one',
    )
  }
}

function stepped(before: Application, { action, amountFen, reason }: ChangeStage, now: Date): Application {
  const stage = move(applicationLifecycle, before.stage, action)
  const days = daysToAct(stage, before.approvalDays ?? undefined)
  const isDecision = action === 'approve' || action === 'decline'
  return {
    ...before,
    ...amountsAfter(before, action, amountFen),
    ...{ stage, version: before.version + 1, updatedAt: now, declineReason: reason ?? null },
    dueAt: days === undefined ? null : addDays(now, days),
    chasedAt: null,
    submittedAt: action === 'submit' ? now : before.submittedAt,
    decidedAt: isDecision ? now : before.decidedAt,
  }
}
