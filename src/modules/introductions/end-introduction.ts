import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { closeIntroduction } from './close-introduction.ts'
import { holdIntroduction } from './hold-introduction.ts'
import type { Introduction } from './introduction-repo.ts'
import { sealNote } from './notes.ts'
import { assertParty } from './policy.ts'
import type { EndIntroductionBody } from './schemas.ts'

type Input = EndIntroductionBody & { id: Id<'introduction'> }

/**
 * A party breaks off what both had accepted, or the broker takes the question back before. Whoever is asked and does not want
 * to, declines. @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED.
 */
export function endIntroduction(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, reasonCode, note }: Input,
): Promise<Introduction> {
  return withTx(db, async (tx) => {
    const { introduction, relation } = await holdIntroduction(tx, actor, id)
    const party = assertParty(relation)
    const now = clock.now()
    const action = party === 'broker' && introduction.state === 'asked' ? 'withdraw' : 'end'
    const end = { action, endedBy: party, reasonCode, note: sealNote(vault, id, note) } as const
    const after = await closeIntroduction(tx, introduction, { ...end, now })
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'introduction.ended', objectId: id, at: now },
      facts: { by: party, reasonCode },
    })
    return after
  })
}
