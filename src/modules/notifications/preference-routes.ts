import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { examplePreferences, examplePreferencesBody } from './examples.ts'
import { toPreferencesResponse } from './preference-present.ts'
import { preferencesResponse, updatePreferencesBody } from './preference-schemas.ts'
import { readPreferences } from './read-preferences.ts'
import { retryAddress } from './retry-address.ts'
import { updatePreferences } from './update-preferences.ts'

const tag = 'Notifications'

/** What the signed-in user wants to hear, where and when. */
export function preferenceRoutes(api: Api, deps: { clock: Clock }): void {
  api.get('/v1/notification-preferences', {
    operationId: 'readNotificationPreferences',
    summary: 'Read what you are told, where and when',
    tag,
    permission: 'notification.read',
    response: preferencesResponse,
    example: { response: examplePreferences },
    handle: async ({ db, actor }) => ({ body: toPreferencesResponse(await readPreferences({ db }, actor)) }),
  })
  api.put('/v1/notification-preferences', {
    operationId: 'updateNotificationPreferences',
    summary: 'Choose what you are told, where and when',
    description:
      'Replaces all choices. `instant` mails go out at once, but not in the quiet hours and not beyond the daily cap; `digest` collects them into one mail at 08:30 China time. Urgent kinds pass quiet hours and cap.',
    tag,
    permission: 'notification.manage',
    body: updatePreferencesBody,
    response: preferencesResponse,
    example: { body: examplePreferencesBody, response: examplePreferences },
    handle: async ({ db, actor, body }) => ({
      body: toPreferencesResponse(await updatePreferences({ ...deps, db }, actor, body)),
    }),
  })
  api.post('/v1/notification-preferences/retry-address', {
    operationId: 'retryMailAddress',
    summary: 'Have mails sent to your address again after it bounced',
    tag,
    permission: 'notification.manage',
    response: preferencesResponse,
    example: { response: examplePreferences },
    handle: async ({ db, actor }) => ({ body: toPreferencesResponse(await retryAddress({ db }, actor)) }),
  })
}
