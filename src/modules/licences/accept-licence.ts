import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Acceptance, insertAcceptance } from './acceptance-repo.ts'
import { lockLicence } from './licence-repo.ts'

/**
 * Notice to the patentee that the actor's organisation takes the licence, on the declared terms and no others: there is
 * nothing to negotiate. It is in force with the payment. @throws TRANSITION_NOT_ALLOWED, CONFLICT_OF_INTEREST, ALREADY_EXISTS
 */
export function acceptLicence(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id }: { id: Id<'openLicence'> },
): Promise<Acceptance> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const { state, orgId, validFrom, validTo, fee, paymentTerms } = await lockLicence(tx, id)
    if (orgId === actor.orgId) throw new AppError('CONFLICT_OF_INTEREST', 'The patent is your own.')
    if (!actor.isOrgVerified)
      throw new AppError('ORGANISATION_NOT_VERIFIED', 'Only a verified organisation may accept.')
    const day = chinaDay(now)
    if (state !== 'declared' || day < validFrom || day >= validTo) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'The declaration is not in force.', {
        details: { state, validFrom, validTo },
      })
    }
    return insertAcceptance(tx, {
      ...{ id: newId('licenceAcceptance'), licenceId: id, orgId: actor.orgId, userId: actor.userId, state: 'noticed' },
      ...{ fee, paymentTerms, validTo, noticedAt: now },
    })
  })
}
