import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type DecideItem, decideItem } from './decide-item.ts'
import type { ReviewItem } from './review-item-repo.ts'

export type DecisionOutcome = { id: Id<'reviewItem'> } & ({ item: ReviewItem } | { refusal: AppError })

/**
 * Many answers in one request, each in a transaction of its own: one that is refused takes no other with it, and a request
 * that is repeated finds what it decided before as ALREADY_DECIDED. In the order of the request.
 */
export async function decideItems(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  inputs: readonly DecideItem[],
): Promise<DecisionOutcome[]> {
  const outcomes: DecisionOutcome[] = []
  for (const input of inputs) outcomes.push(await decideOne(deps, actor, input))
  return outcomes
}

async function decideOne(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  input: DecideItem,
): Promise<DecisionOutcome> {
  try {
    return { id: input.id, item: await decideItem(deps, actor, input) }
  } catch (error) {
    if (error instanceof AppError) return { id: input.id, refusal: error }
    throw error
  }
}
