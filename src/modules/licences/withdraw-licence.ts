import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { licenceWithdrawn } from './events.ts'
import { lockLicence, type OpenLicence, updateLicence } from './licence-repo.ts'

/** Ends an offer for the future; licences that were taken before stay as they are (Patent Law, article 50). */
export function withdrawLicence(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, reason }: { id: Id<'openLicence'>; reason: string },
): Promise<OpenLicence> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const licence = await lockLicence(tx, id)
    if (licence.orgId !== actor.orgId) throw notFound('open licence')
    if (licence.state !== 'declared') {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'The declaration has been withdrawn.', {
        details: { state: licence.state },
      })
    }
    const { supplyId, market } = licence
    await appendEvents(tx, [licenceWithdrawn({ licenceId: id, supplyId, market }, now)])
    return updateLicence(tx, id, { state: 'withdrawn', withdrawalReason: reason, withdrawnAt: now, updatedAt: now })
  })
}
