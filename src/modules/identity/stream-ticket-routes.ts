import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { streamTicketBody, streamTicketResponse } from './auth-schemas.ts'
import { createStreamTicket } from './create-stream-ticket.ts'

/** Tickets for EventSource. Not replayed: a ticket that was used is worth nothing. */
export function streamTicketRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/stream-tickets', {
    operationId: 'createStreamTicket',
    summary: 'Get a one-time ticket for an event stream',
    description:
      'For clients that cannot send an Authorization header, such as EventSource: open `<path>?ticket=<ticket>` within 30 s. ' +
      'Each connection needs a new ticket; pass `lastEventId` to go on where the last one ended.',
    tag: 'Authentication',
    permission: 'session.manage',
    idempotency: 'none',
    body: streamTicketBody,
    status: 201,
    response: streamTicketResponse,
    example: {
      body: { path: '/v1/notifications/stream' },
      response: { ticket: 'ttm_ticket_NnRjY2Q4ZmE1YjE3NDk2Mzk4YjJhMGQ4', expiresIn: 30 },
    },
    handle: async ({ db, actor, body }) => ({ body: await createStreamTicket({ db, clock }, actor, body) }),
  })
}
