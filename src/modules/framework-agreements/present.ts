import type { z } from 'zod'
import type { Principal } from '../../kernel/principal.ts'
import { allowedActions } from '../../kernel/state-machine.ts'
import type { Agreement } from './agreement-repo.ts'
import { agreementLifecycle, openOn, roomOn } from './domain/agreement.ts'
import type { agreementResponse } from './schemas.ts'

/** An agreement as one of its sides sees it on a day. */
export function toAgreement(
  row: Agreement,
  { actor, today }: { actor: Principal; today: string },
): z.input<typeof agreementResponse> {
  const { id, providerId, enterpriseId, market, state, title, lineFen, isRevolving, validFrom, validTo } = row
  const { commitments, drawnFen, repaidFen, endReason, version } = row
  const isMine = (action: string) => action === 'end' || actor.orgId === enterpriseId
  const isOpen = state === 'in_force'
  return {
    ...{ id, providerId, enterpriseId, market, state, title, lineFen, isRevolving, validFrom, validTo },
    ...{ commitments, drawnFen, repaidFen, endReason, version, balanceFen: drawnFen - repaidFen },
    allowedActions: allowedActions(agreementLifecycle, state).filter(isMine),
    ...{ openFen: isOpen ? openOn(row, today) : 0, leftFen: isOpen ? roomOn(row, row, today) : 0 },
    createdAt: row.createdAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
  }
}
