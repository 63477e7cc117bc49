import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Assumption, assume, type Facts } from '../../rules/index.ts'
import { readFacts, readSubject } from '../evidence/index.ts'
import { marketAncestors, marketTree } from '../markets/index.ts'

export type SubjectFacts = { facts: Facts; day: string; markets: readonly string[] }

/**
 * What is known today of an organisation the actor may ask for, with assumptions on top, and the markets whose products it
 * can have: its own, those above and those below. @throws NOT_FOUND
 */
export async function readSubjectFacts(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  input: { organisationId: Id<'organisation'>; assumptions?: readonly Assumption[] | undefined },
): Promise<SubjectFacts> {
  const day = chinaDay(clock.now())
  const { organisation } = await readSubject(db, actor, input.organisationId)
  const [facts, above, below] = await Promise.all([
    readFacts(db, organisation, day),
    marketAncestors(db, organisation.market),
    marketTree(db, organisation.market),
  ])
  const assumed = input.assumptions === undefined ? facts : assume(facts, input.assumptions, day)
  return { facts: assumed, day, markets: [...new Set([...above, ...below])] }
}
