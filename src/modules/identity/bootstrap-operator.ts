import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { assertMarketExists, assertRegionKnown, newOrganisation, newUser, refuseTaken } from './new-account.ts'
import { insertOrganisation } from './organisation-repo.ts'
import { type RegisterOrganisation, registerOrganisationBody } from './schemas.ts'
import { type Account, insertUser } from './user-repo.ts'

export type BootstrapOperator = Omit<RegisterOrganisation, 'kind'>

/**
 * The first operator of a market, verified at once because nobody was there before it. For seeds and the command line
 * only: no route leads here. @throws VALIDATION_FAILED, USCC_TAKEN, EMAIL_TAKEN.
 */
export async function bootstrapOperator(deps: { db: Db; clock: Clock }, input: BootstrapOperator): Promise<Account> {
  const now = deps.clock.now()
  const parsed = registerOrganisationBody.parse({ ...input, kind: 'market_operator' })
  assertRegionKnown(parsed.region)
  await assertMarketExists(deps.db, parsed.market)
  const organisation = newOrganisation(parsed, 'verified', now)
  const operator = { ...parsed.user, role: 'operator', passwordPointer: '#/user/password' } as const
  const user = await newUser(organisation.id, operator, now)
  await refuseTaken(() =>
    withTx(deps.db, async (tx) => {
      await insertOrganisation(tx, organisation)
      await insertUser(tx, user)
      const entry = { orgId: organisation.id, userId: user.id, at: now, objectId: organisation.id }
      await appendAudit(tx, { ...entry, action: 'operator.bootstrapped' })
    }),
  )
  return { organisation, user }
}
