import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { PageRequest } from '../../kernel/page.ts'
import { appendEvents } from '../../outbox/append.ts'
import { listMarkets } from '../markets/index.ts'
import { closeIntroduction } from './close-introduction.ts'
import { type ChaseRules, type ChaseStep, nextChaseStep } from './domain/chasing.ts'
import { sides } from './domain/introduction.ts'
import { factOf, introductionChased } from './events.ts'
import { type Introduction, listAsked, lockIntroduction, updateIntroduction } from './introduction-repo.ts'

const pageSize = 500

/** Reminds sides that are silent and ends what was never answered, by the rules of each market. */
export async function chaseIntroductions({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  const now = clock.now()
  const rulesOf = await chaseRulesOfMarkets(db)
  const stepOf = (asked: Introduction) =>
    nextChaseStep({ ...asked, askedAt: asked.createdAt }, rulesOf.get(asked.market) ?? { chaseDays: [] }, now)
  let page: PageRequest | undefined = { limit: pageSize }
  while (page) {
    const { items, next } = await listAsked(db, page)
    const due = items.filter((asked) => stepOf(asked).step !== 'wait')
    for (const { id } of due) {
      // Looks again under the lock: the side may have been faster.
      await withTx(db, async (tx) => {
        const asked = await lockIntroduction(tx, id)
        if (asked.state === 'asked') await take(tx, asked, { ...stepOf(asked), now })
      })
    }
    page = next && { limit: pageSize, after: next }
  }
}

async function take(tx: Tx, asked: Introduction, step: ChaseStep & { now: Date }): Promise<void> {
  const { now } = step
  if (step.step === 'close') {
    await closeIntroduction(tx, asked, { action: 'lapse', endedBy: 'silence', reasonCode: 'no_response', now })
  }
  if (step.step === 'chase') {
    const after = await updateIntroduction(tx, asked.id, { chases: step.chases, chasedAt: now, updatedAt: now })
    const answerOf = { demand: asked.demandAnswer, supply: asked.supplyAnswer }
    const silent = sides.filter((side) => answerOf[side] === null)
    await appendEvents(tx, [introductionChased({ ...factOf(after), sides: silent, chases: step.chases }, now)])
  }
}

async function chaseRulesOfMarkets(db: Db): Promise<Map<string, ChaseRules>> {
  const markets = await listMarkets(db)
  return new Map(markets.map(({ code, rules }) => [code, { chaseDays: rules.introductionChaseDays }]))
}
