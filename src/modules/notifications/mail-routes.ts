import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import { idSchema } from '../../kernel/ids.ts'
import { exampleStoredMail, exampleSubscription } from './examples.ts'
import type { MailLinks } from './mail-links.ts'
import { toSubscriptionResponse } from './preference-present.ts'
import { subscriptionResponse, unsubscribeQuery } from './preference-schemas.ts'
import { toStoredMailResponse, toStoredMailSummary } from './present.ts'
import { storedMailResponse, storedMailSummary } from './schemas.ts'
import { getStoredMail, listStoredMails } from './stored-mail-repo.ts'
import { readSubscription, unsubscribe } from './unsubscribe.ts'

const tag = 'Notifications'
const { text: _text, html: _html, headers: _headers, ...exampleSummary } = exampleStoredMail

/** The links in mails, and the mails themselves where no mail server is configured. */
export function mailRoutes(api: Api, deps: { mailLinks: MailLinks }): void {
  api.get('/v1/unsubscribe', {
    operationId: 'readMailSubscription',
    summary: 'See what the link of a mail would stop',
    description: 'Changes nothing: programs that check links in mails look at them, too.',
    tag,
    permission: 'notification.unsubscribe',
    query: unsubscribeQuery,
    response: subscriptionResponse,
    errors: ['NOT_FOUND'],
    example: { response: exampleSubscription },
    handle: async ({ db, query }) => ({
      body: toSubscriptionResponse(await readSubscription({ ...deps, db }, query.token)),
    }),
  })
  api.post('/v1/unsubscribe', {
    operationId: 'unsubscribeFromMails',
    summary: 'Stop mails with one click, without signing in (RFC 8058)',
    tag,
    permission: 'notification.unsubscribe',
    query: unsubscribeQuery,
    takesForm: true,
    response: subscriptionResponse,
    errors: ['NOT_FOUND'],
    example: { response: { ...exampleSubscription, isSubscribed: false } },
    handle: async ({ db, query }) => ({
      body: toSubscriptionResponse(await unsubscribe({ ...deps, db }, query.token)),
    }),
  })
  api.get('/v1/stored-mails', {
    operationId: 'listStoredMails',
    summary: 'List the mails that were stored because no mail server is configured',
    tag,
    permission: 'operations.manage',
    query: z.object(pageQuery),
    response: pageSchema(storedMailSummary),
    example: { response: { data: [exampleSummary], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, query, pager }) => ({
      body: pager.answer(await listStoredMails(db, pager.request(query)), toStoredMailSummary),
    }),
  })
  api.get('/v1/stored-mails/:id', {
    operationId: 'readStoredMail',
    summary: 'Read a stored mail',
    tag,
    permission: 'operations.manage',
    params: z.object({ id: idSchema('storedMail') }),
    response: storedMailResponse,
    example: { response: exampleStoredMail },
    handle: async ({ db, params: { id } }) => ({ body: toStoredMailResponse(await getStoredMail(db, id)) }),
  })
}
