import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { newUser, refuseTaken } from './new-account.ts'
import { getOrganisation } from './organisation-repo.ts'
import { assertAllowed, assertInPerson, mayAddUser } from './policy.ts'
import { loadRelation } from './relation.ts'
import type { AddUser } from './schemas.ts'
import { insertUser, type User } from './user-repo.ts'

/** Adds a user to an organisation, see `mayAddUser` for who adds whom. @throws NOT_FOUND, FORBIDDEN, EMAIL_TAKEN. */
export async function addUser(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: AddUser & { organisationId: Id<'organisation'> },
): Promise<User> {
  assertInPerson(actor)
  const now = deps.clock.now()
  const organisation = await getOrganisation(deps.db, input.organisationId)
  const relation = await loadRelation(deps.db, actor, organisation)
  assertAllowed(mayAddUser(actor, relation, organisation, input.role), relation)
  const user = await newUser(organisation.id, { ...input, passwordPointer: '#/password' }, now)
  await refuseTaken(() =>
    withTx(deps.db, async (tx) => {
      await insertUser(tx, user)
      await appendAudit(tx, {
        orgId: actor.orgId,
        userId: actor.userId,
        action: 'user.created',
        objectId: user.id,
        facts: { organisationId: organisation.id, role: user.role },
        at: now,
      })
    }),
  )
  return user
}
