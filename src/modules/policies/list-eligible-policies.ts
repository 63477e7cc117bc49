import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Answer, Facts } from '../../rules/index.ts'
import { readSubjectFacts } from '../eligibility/index.ts'
import type { PolicyCategory } from './domain/policy.ts'
import { type JudgedPolicy, judgePolicy } from './judge-policy.ts'
import { inForce } from './list-policies.ts'
import { listPublished } from './policy-repo.ts'

type ListEligible = {
  organisationId: Id<'organisation'>
  category?: PolicyCategory | undefined
  page: PageRequest
}
export type EligiblePolicies = { page: PageOf<JudgedPolicy>; facts: Facts }

const order = { yes: 0, unknown: 1, no: 2 } as const satisfies Record<Answer, number>

/** The policies in force today of the organisation’s market, those above and those below: yes, then unknown, then no. @throws NOT_FOUND */
export async function listEligiblePolicies(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, category, page }: ListEligible,
): Promise<EligiblePolicies> {
  const { facts, day, markets } = await readSubjectFacts(deps, actor, { organisationId })
  const views = await inForce(deps.db, await listPublished(deps.db, markets), day)
  const [rank, id] = page.after ?? []
  const isAfter = ({ answer, policy }: JudgedPolicy) =>
    rank === undefined || order[answer] > Number(rank) || (order[answer] === Number(rank) && policy.id < (id ?? ''))
  const judged = views
    .filter(({ shown }) => category === undefined || shown.category === category)
    .map(({ policy, shown }) => judgePolicy({ policy, version: shown }, { facts, day }))
    .filter(isAfter)
    .sort((one, other) => order[one.answer] - order[other.answer] || (one.policy.id < other.policy.id ? 1 : -1))
  const keysetOf = ({ answer, policy }: JudgedPolicy) => [String(order[answer]), policy.id]
  return { page: pageOf(judged.slice(0, page.limit + 1), page.limit, keysetOf), facts }
}
