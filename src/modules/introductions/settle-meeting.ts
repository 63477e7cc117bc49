import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Party } from './domain/introduction.ts'
import { type MeetingAction, meetingMachine } from './domain/meeting.ts'
import { factOf, introductionMeetingChanged } from './events.ts'
import { getMeeting, type Meeting, updateMeeting } from './meeting-repo.ts'
import { takeStep } from './take-step.ts'

type Deps = { db: Db; clock: Clock }
type MeetingRef = { id: Id<'introduction'>; meetingId: Id<'introductionMeeting'> }

/**
 * Another party takes one of the proposed beginnings. @throws NOT_FOUND, FORBIDDEN for the proposer, VALIDATION_FAILED for a
 * beginning that was not proposed or has passed, TRANSITION_NOT_ALLOWED.
 */
export function agreeMeeting(deps: Deps, actor: Principal, input: MeetingRef & { start: string }): Promise<void> {
  return settle(deps, actor, { ...input, action: 'agree' }, (meeting, party, now) => {
    if (meeting.proposer === party) throw new AppError('FORBIDDEN', 'Another party answers what you have proposed.')
    const agreedStart = meeting.starts.find((start) => start.getTime() === Date.parse(input.start))
    if (agreedStart === undefined) throw invalidField('#/start', 'not_proposed', 'is none of the proposed beginnings')
    if (agreedStart <= now) throw invalidField('#/start', 'out_of_range', 'has passed')
    return { agreedStart }
  })
}

/** Any party cancels, before or after it was agreed. @throws NOT_FOUND, FORBIDDEN, TRANSITION_NOT_ALLOWED. */
export function cancelMeeting(deps: Deps, actor: Principal, input: MeetingRef): Promise<void> {
  return settle(deps, actor, { ...input, action: 'cancel' }, () => ({}))
}

function settle(
  { db, clock }: Deps,
  actor: Principal,
  { id, meetingId, action }: MeetingRef & { action: MeetingAction },
  change: (meeting: Meeting, party: Party, now: Date) => Partial<Pick<Meeting, 'agreedStart'>>,
): Promise<void> {
  return withTx(db, async (tx: Tx) => {
    const now = clock.now()
    const { introduction, party } = await takeStep(tx, actor, { id, now })
    const meeting = await getMeeting(tx, { id: meetingId, introductionId: id })
    const state = move(meetingMachine, meeting.state, action)
    const settled = { state, settledBy: actor.userId, settledAt: now }
    await updateMeeting(tx, meetingId, { ...change(meeting, party, now), ...settled })
    await appendEvents(tx, [introductionMeetingChanged({ ...factOf(introduction), meetingId, state, by: party }, now)])
  })
}
