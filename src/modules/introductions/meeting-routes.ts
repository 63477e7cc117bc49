import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Id, idSchema } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { listMeetings, type MeetingView } from './list-meetings.ts'
import { proposeMeeting } from './propose-meeting.ts'
import { agreeMeeting, cancelMeeting } from './settle-meeting.ts'
import { agreeMeetingBody, meetingsResponse, proposeMeetingBody } from './thread-schemas.ts'

const params = z.object({ id: idSchema('introduction') })
const meetingParams = z.object({ id: idSchema('introduction'), meetingId: idSchema('introductionMeeting') })
const shared = { tag: 'Introductions', response: meetingsResponse } as const

/** Times that one party proposes and another takes. Each answer lists all meetings of the introduction. */
export function meetingRoutes(api: Api, deps: { clock: Clock; vault: Vault }): void {
  const answer = async (db: Db, actor: Principal, id: Id<'introduction'>) => ({
    body: { data: (await listMeetings({ ...deps, db }, actor, { id })).map(toMeetingResponse) },
  })
  api.get('/v1/introductions/:id/meetings', {
    ...shared,
    operationId: 'listIntroductionMeetings',
    summary: 'List the meetings of an introduction, newest first',
    permission: 'introduction.read',
    params,
    example: { response: { data: [exampleMeeting] } },
    handle: ({ db, actor, params: { id } }) => answer(db, actor, id),
  })
  api.post('/v1/introductions/:id/meetings', {
    ...shared,
    operationId: 'proposeIntroductionMeeting',
    summary: 'Propose up to five times for a meeting',
    permission: 'introduction.take_part',
    params,
    body: proposeMeetingBody,
    status: 201,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {
      body: { starts: exampleMeeting.starts, minutes: 60, mode: 'online', note: exampleMeeting.note },
      response: { data: [exampleMeeting] },
    },
    handle: async ({ db, actor, params: { id }, body }) => {
      await proposeMeeting({ ...deps, db }, actor, { ...body, id })
      return answer(db, actor, id)
    },
  })
  api.post('/v1/introductions/:id/meetings/:meetingId/agree', {
    ...shared,
    operationId: 'agreeIntroductionMeeting',
    summary: 'Take one of the times that another party proposed',
    permission: 'introduction.take_part',
    params: meetingParams,
    body: agreeMeetingBody,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {
      body: { start: '2026-12-01T01:30:00.000Z' },
      response: { data: [{ ...exampleMeeting, state: 'agreed', agreedStart: '2026-12-01T01:30:00.000Z' }] },
    },
    handle: async ({ db, actor, params: { id, meetingId }, body: { start } }) => {
      await agreeMeeting({ ...deps, db }, actor, { id, meetingId, start })
      return answer(db, actor, id)
    },
  })
  api.post('/v1/introductions/:id/meetings/:meetingId/cancel', {
    ...shared,
    operationId: 'cancelIntroductionMeeting',
    summary: 'Cancel a meeting, before or after it was agreed',
    permission: 'introduction.take_part',
    params: meetingParams,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { response: { data: [{ ...exampleMeeting, state: 'cancelled' }] } },
    handle: async ({ db, actor, params: { id, meetingId } }) => {
      await cancelMeeting({ ...deps, db }, actor, { id, meetingId })
      return answer(db, actor, id)
    },
  })
}

function toMeetingResponse({ meeting, place, note }: MeetingView) {
  const { id, proposer, state, mode, minutes, starts, agreedStart, createdAt } = meeting
  return {
    ...{ id, proposer, state, mode, minutes, place, note },
    starts: starts.map((start) => start.toISOString()),
    agreedStart: agreedStart?.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}

const exampleMeeting = {
  id: 'mtg_01k9w3ynwzf5yr8t6x2m4q7c2c',
  proposer: 'demand' as const,
  state: 'proposed' as const,
  mode: 'online' as const,
  minutes: 60,
  starts: ['2026-12-01T01:30:00.000Z', '2026-12-02T06:00:00.000Z'],
  note: '请带样件检测数据。',
  createdAt: '2026-11-20T02:00:00.000Z',
}
