import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { listBrokersOfMarkets } from '../identity/index.ts'
import { getMarket, marketAncestors } from '../markets/index.ts'
import { isInSample, type NextStep, nextStep, type ReadingAnswer } from './domain/second-reading.ts'
import { dueDates } from './place-items.ts'
import { listReadings } from './reading-repo.ts'
import type { ReviewItem } from './review-item-repo.ts'

type Answered = { item: ReviewItem; answer: ReadingAnswer; databaseNow: Date }

/** What follows from an answer, and the due dates of whoever reads next. @throws TRANSITION_NOT_ALLOWED */
export async function chooseNextStep(
  tx: Tx,
  actor: Principal,
  { item, answer, databaseNow }: Answered,
): Promise<{ next: NextStep; changes: Partial<ReviewItem> }> {
  const { stage } = item
  if (stage === 'senior' && answer === 'escalate') throw nobodyAbove()
  const [first] = stage === 'second' ? await listReadings(tx, item) : []
  const { rules } = await getMarket(tx, item.market)
  const isSampled =
    stage === 'first' && isInSample(item.id, rules.secondReadingShare) && (await hasOtherBroker(tx, actor, item.market))
  const next = nextStep({ stage, answer, firstAnswer: first?.answer, isSampled })
  return { next, changes: next.to === 'settled' ? {} : dueDates(databaseNow, rules) }
}

/** In a market with one broker, a second reading would wait for ever. */
async function hasOtherBroker(tx: Tx, { userId }: Principal, market: string): Promise<boolean> {
  const brokers = await listBrokersOfMarkets(tx, await marketAncestors(tx, market))
  return brokers.some((broker) => broker.userId !== userId)
}

function nobodyAbove(): AppError {
  return new AppError(
    'TRANSITION_NOT_ALLOWED',
    'This item has been escalated; a senior broker decides or snoozes it.',
    {
      details: { allowedActions: ['approve', 'reject', 'snooze'] },
    },
  )
}
