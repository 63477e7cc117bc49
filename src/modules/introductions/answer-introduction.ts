import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Vault } from '../../ports/vault.ts'
import { type Answer, type Answers, actionOf, introductionMachine, type Side } from './domain/introduction.ts'
import { factOf, introductionAccepted, introductionAnswered, introductionDeclined } from './events.ts'
import { holdIntroduction } from './hold-introduction.ts'
import { type Introduction, type IntroductionChanges, updateIntroduction } from './introduction-repo.ts'
import { openToBroker } from './open-to-broker.ts'
import { assertSide } from './policy.ts'
import type { AnswerIntroductionBody } from './schemas.ts'
import { sealText } from './texts.ts'

type Deps = { db: Db; clock: Clock; vault: Vault }
type Input = AnswerIntroductionBody & { id: Id<'introduction'> }

/**
 * One side's yes or no. The second yes brings both in contact; a no ends it, also after an own yes that the other side has not
 * met yet. @throws NOT_FOUND, FORBIDDEN for who is no side, ALREADY_DECIDED for a second yes, TRANSITION_NOT_ALLOWED.
 */
export function answerIntroduction(deps: Deps, actor: Principal, input: Input): Promise<Introduction> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const { introduction: before, relation } = await holdIntroduction(tx, actor, input.id)
    const side = assertSide(relation)
    const answersBefore: Answers = { demand: before.demandAnswer, supply: before.supplyAnswer }
    const action = actionOf(side, input.answer, answersBefore)
    // A first yes leaves it asked; whether it still may be answered is asked all the same.
    const state = move(introductionMachine, before.state, action ?? 'agree')
    if (answersBefore[side] === input.answer) throw alreadyAnswered()
    const after = await updateIntroduction(tx, before.id, {
      ...answerBy(side, input, { actor, now }),
      ...(action !== undefined && { state }),
      ...(action === 'agree' && { acceptedAt: now }),
      ...(input.answer === 'decline' && {
        ...{ endedBy: side, endedAt: now, reasonCode: input.reasonCode ?? null },
        note: await sealedNote({ tx, vault: deps.vault }, input),
      }),
      updatedAt: now,
    })
    if (action === 'agree') await openToBroker(tx, after, now)
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'introduction.answered', objectId: before.id, at: now },
      facts: { side, answer: input.answer, ...(input.reasonCode !== undefined && { reasonCode: input.reasonCode }) },
    })
    await appendEvents(tx, eventsOf(after, { side, answer: input.answer }, now))
    return after
  })
}

async function sealedNote(deps: { tx: Tx; vault: Vault }, { id, note }: Input): Promise<Buffer | null> {
  return note === undefined ? null : sealText(deps, id, { place: 'note', text: note })
}

function answerBy(
  side: Side,
  { answer }: Input,
  { actor, now }: { actor: Principal; now: Date },
): Partial<IntroductionChanges> {
  return side === 'demand'
    ? { demandAnswer: answer, demandAnsweredBy: actor.userId, demandAnsweredAt: now }
    : { supplyAnswer: answer, supplyAnsweredBy: actor.userId, supplyAnsweredAt: now }
}

function eventsOf(after: Introduction, said: { side: Side; answer: Answer }, now: Date): DomainEvent[] {
  const fact = factOf(after)
  const answered = introductionAnswered({ ...fact, ...said }, now)
  if (after.state === 'accepted') return [answered, introductionAccepted(fact, now)]
  if (after.reasonCode === null) return [answered]
  return [answered, introductionDeclined({ ...fact, side: said.side, reasonCode: after.reasonCode }, now)]
}

function alreadyAnswered(): AppError {
  return new AppError('ALREADY_DECIDED', 'Your organisation has accepted; the other side has not answered yet.')
}
