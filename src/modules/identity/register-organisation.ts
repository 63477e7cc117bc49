import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { assertMarketExists, assertRegionKnown, newOrganisation, newUser, refuseTaken } from './new-account.ts'
import { insertOrganisation } from './organisation-repo.ts'
import type { RegisterOrganisation } from './schemas.ts'
import { type Account, insertUser } from './user-repo.ts'

/**
 * Registers an organisation, pending until its operator verifies it, with its first user. That user is an owner whatever
 * the organisation calls itself: nobody becomes broker or operator by registration.
 * @throws VALIDATION_FAILED, USCC_TAKEN, EMAIL_TAKEN.
 */
export async function registerOrganisation(
  deps: { db: Db; clock: Clock },
  input: RegisterOrganisation,
): Promise<Account> {
  const now = deps.clock.now()
  assertRegionKnown(input.region)
  await assertMarketExists(deps.db, input.market)
  const organisation = newOrganisation(input, 'pending', now)
  const owner = { ...input.user, role: 'owner', passwordPointer: '#/user/password' } as const
  const user = await newUser(organisation.id, owner, now)
  await refuseTaken(() =>
    withTx(deps.db, async (tx) => {
      await insertOrganisation(tx, organisation)
      await insertUser(tx, user)
      const by = { orgId: organisation.id, userId: user.id, at: now }
      await appendAudit(tx, { ...by, action: 'organisation.registered', objectId: organisation.id })
      await appendAudit(tx, { ...by, action: 'user.created', objectId: user.id, facts: { role: user.role } })
    }),
  )
  return { organisation, user }
}
