import type { z } from 'zod'
import type { Principal } from '../../kernel/principal.ts'
import { allowedActions } from '../../kernel/state-machine.ts'
import type { Application, Step } from './application-repo.ts'
import { balanceOf } from './domain/amounts.ts'
import { applicantActions, applicationLifecycle } from './domain/lifecycle.ts'
import type { applicationDetailResponse, applicationResponse } from './schemas.ts'

/** An application as one of its two sides sees it, at an instant that decides what is late. */
export function toApplicationResponse(
  row: Application,
  { actor, now }: { actor: Principal; now: Date },
): z.input<typeof applicationResponse> {
  const { id, productId, applicantId, providerId, market, matchId, stage, amountFen, termMonths, purpose } = row
  const { agreementId, riskPoolId, rateBasisPoints } = row
  const { lineFen, drawnFen, repaidFen, compensatedFen, declineReason, preCheck, shared, documents, version } = row
  const isMine = (action: string) => applicantActions.some((one) => one === action) === (actor.orgId === applicantId)
  return {
    ...{ id, productId, applicantId, providerId, market, matchId, stage, amountFen, termMonths, purpose },
    ...{ lineFen, drawnFen, repaidFen, compensatedFen, declineReason, preCheck, shared, documents, version },
    ...{ agreementId, riskPoolId, rateBasisPoints },
    allowedActions: allowedActions(applicationLifecycle, stage).filter(isMine),
    balanceFen: balanceOf(row),
    dueAt: iso(row.dueAt),
    isLate: row.dueAt !== null && row.dueAt < now,
    createdAt: row.createdAt.toISOString(),
    ...{ submittedAt: iso(row.submittedAt), decidedAt: iso(row.decidedAt) },
  }
}

export function toApplicationDetail(
  { application, steps }: { application: Application; steps: readonly Step[] },
  seen: { actor: Principal; now: Date },
): z.input<typeof applicationDetailResponse> {
  return { ...toApplicationResponse(application, seen), steps: steps.map(toStep) }
}

function toStep({ version, action, fromStage, toStage, movement, amountFen, movedOn, note, at }: Step) {
  return { version, action, fromStage, toStage, movement, amountFen, movedOn, note, at: at.toISOString() }
}

function iso(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString()
}
