import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { introductionMachine, type Party } from './domain/introduction.ts'
import { holdIntroduction } from './hold-introduction.ts'
import { type Introduction, updateIntroduction } from './introduction-repo.ts'
import { assertParty } from './policy.ts'

/**
 * Holds an introduction for a party that does something in it; the first step after both have accepted brings it to
 * `in_contact`. @throws NOT_FOUND, FORBIDDEN for operators, TRANSITION_NOT_ALLOWED.
 */
export async function takeStep(
  tx: Tx,
  actor: Principal,
  { id, now }: { id: Id<'introduction'>; now: Date },
): Promise<{ introduction: Introduction; party: Party }> {
  const { introduction, relation } = await holdIntroduction(tx, actor, id)
  const party = assertParty(relation)
  const state = move(introductionMachine, introduction.state, 'make_contact')
  if (state !== introduction.state) await updateIntroduction(tx, id, { state, updatedAt: now })
  return { introduction, party }
}
