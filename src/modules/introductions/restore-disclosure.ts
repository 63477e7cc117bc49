import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { restoreGrant } from '../listings/index.ts'
import { isMutual } from './domain/introduction.ts'
import { holdIntroduction } from './hold-introduction.ts'
import { assertSide } from './policy.ts'

type Input = { id: Id<'introduction'>; grantId: Id<'disclosureGrant'> }

/**
 * A side gives back the right to read its listing's confidential detail that it took back, as long as the introduction goes on:
 * the right rests on it, and ends with it for good. @throws NOT_FOUND, FORBIDDEN for who is no side, TRANSITION_NOT_ALLOWED.
 */
export async function restoreDisclosure(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { id, grantId }: Input,
): Promise<void> {
  await withTx(db, async (tx) => {
    const { introduction, relation } = await holdIntroduction(tx, actor, id)
    assertSide(relation)
    if (!isMutual(introduction)) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'The introduction has ended, and the right to read with it.')
    }
    const { brokerId } = introduction
    await restoreGrant(tx, actor, { id: grantId, ground: id, brokerId, now: clock.now() })
  })
}
