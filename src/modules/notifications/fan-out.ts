import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { eachToItsEnd } from '../../kernel/each-to-its-end.ts'
import { cancel, type Outcome } from '../../kernel/job.ts'
import type { Fact } from './notices/rule.ts'
import { noticeRules } from './notices/rules.ts'
import { tellUsers } from './tell-users.ts'

const rules = new Map(noticeRules.map((rule) => [rule.event, rule]))

/** Tells of each fact. One that cannot be told holds up no other; a run whose facts nobody is told of is given up. */
export async function fanOutFacts(
  deps: { db: Db; clock: Clock },
  { facts }: { facts: Fact[] },
): Promise<Outcome | undefined> {
  const outcomes: (Outcome | undefined)[] = []
  await eachToItsEnd(facts, async (fact) => outcomes.push(await fanOut(deps, fact)))
  return outcomes.every((outcome) => outcome !== undefined) ? outcomes[0] : undefined
}

/**
 * Tells all users that a fact concerns, each once: a second run finds them told. A fact that has been overtaken (closed again,
 * resubmitted) is told to nobody. Notices commit one by one, so that no lock is held for more than one kind.
 */
export async function fanOut(deps: { db: Db; clock: Clock }, { event, data }: Fact): Promise<Outcome | undefined> {
  const rule = rules.get(event)
  if (rule === undefined) return cancel(`nobody is told of ${event} any more`)
  for (const notice of await rule.noticesOf(deps.db, data)) await tellUsers(deps, notice)
  return undefined
}
