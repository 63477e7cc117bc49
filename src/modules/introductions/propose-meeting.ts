import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Vault } from '../../ports/vault.ts'
import { factOf, introductionMeetingChanged } from './events.ts'
import { insertMeeting } from './meeting-repo.ts'
import { takeStep } from './take-step.ts'
import { sealText } from './texts.ts'
import type { ProposeMeetingBody } from './thread-schemas.ts'

const furthestDays = 180
type Input = ProposeMeetingBody & { id: Id<'introduction'> }

/** A party proposes up to five beginnings. @throws NOT_FOUND, FORBIDDEN, TRANSITION_NOT_ALLOWED, VALIDATION_FAILED. */
export function proposeMeeting(
  { db, clock, vault }: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, starts, minutes, mode, place, note }: Input,
): Promise<void> {
  return withTx(db, async (tx) => {
    const now = clock.now()
    const { introduction, party } = await takeStep(tx, actor, { id, now })
    const meetingId = newId('introductionMeeting')
    const box = await sealText({ tx, vault }, id, {
      place: `meeting ${meetingId}`,
      text: JSON.stringify({ place, note }),
    })
    await insertMeeting(tx, {
      ...{ id: meetingId, introductionId: id, proposer: party, userId: actor.userId, state: 'proposed', mode, minutes },
      ...{ starts: future(starts, now), box, agreedStart: null, settledBy: null, settledAt: null, createdAt: now },
    })
    const fact = { ...factOf(introduction), meetingId, state: 'proposed', by: party } as const
    await appendEvents(tx, [introductionMeetingChanged(fact, now)])
  })
}

function future(starts: readonly string[], now: Date): Date[] {
  return starts.map((text, i) => {
    const start = new Date(text)
    if (start > now && start <= addDays(now, furthestDays)) return start
    throw invalidField(`#/starts/${i}`, 'out_of_range', `must be in the future, at most ${furthestDays} days from now`)
  })
}
