import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { upsertBounce } from '../../../src/modules/notifications/mail-repo.ts'
import { tellUsers } from '../../../src/modules/notifications/tell-users.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
const url = '/v1/notification-preferences'
const body = {
  locale: 'en',
  timeZone: 'Europe/Berlin',
  quietHours: null,
  dailyMailMax: 5,
  preferences: [{ kind: 'listing.returned', channel: 'email', mode: 'digest' }],
}

let user: Principal
let client: HttpClient
beforeEach(async () => {
  await harness.reset()
  user = await harness.given.organisation()
  client = await harness.as(user)
})

describe('GET /v1/notification-preferences', () => {
  it('shows the defaults of who chose nothing', async () => {
    const answer = (await client.get(url)).json()
    expect(answer).toMatchObject({
      ...{ locale: 'zh', timeZone: 'Asia/Shanghai', quietHours: { from: '22:00', to: '08:00' }, dailyMailMax: 20 },
      preferences: [],
      mail: { state: 'working' },
    })
    const kinds = Object.fromEntries(answer.kinds.map(({ kind, ...rest }: { kind: string }) => [kind, rest]))
    expect(kinds['listing.published']).toEqual({ importance: 'low', mayWait: true, inApp: 'instant', email: 'digest' })
    expect(kinds['auction.outbid']).toMatchObject({ importance: 'high', mayWait: false, email: 'instant' })
  })

  it('is for the signed-in', async () => {
    expectProblem(await harness.client.get(url), 'UNAUTHENTICATED')
    expectProblem(await harness.client.put(url, body), 'UNAUTHENTICATED')
  })
})

describe('PUT /v1/notification-preferences', () => {
  it('puts the new choices in place of the old, for this user alone', async () => {
    const colleague = await harness.as(await harness.given.user(user, 'member'))
    expect((await client.put(url, body)).json()).toMatchObject(body)
    const next = { ...body, preferences: [{ kind: '*', channel: 'inApp', mode: 'off' }] }
    expect((await client.put(url, next)).json().preferences).toEqual(next.preferences)
    expect((await client.get(url)).json()).toMatchObject(next)
    expect((await colleague.get(url)).json()).toMatchObject({ locale: 'zh', preferences: [] })
  })

  it('answers an unknown kind with what was probably meant, and every other mistake with its place', async () => {
    const preferences = [{ kind: 'listing.returnd', channel: 'email', mode: 'off' }]
    const problem = expectProblem(await client.put(url, { ...body, preferences }), 'VALIDATION_FAILED')
    expect(problem.errors).toMatchObject([
      { pointer: '#/preferences/0/kind', code: 'unknown_kind', message: expect.stringContaining('"listing.returned"') },
    ])
    for (const wrong of [
      { timeZone: 'Asia/Atlantis' },
      { quietHours: { from: '24:00', to: '08:00' } },
      { quietHours: { from: '08:00', to: '08:00' } },
      { dailyMailMax: 201 },
      { preferences: [{ kind: '*', channel: 'sms', mode: 'off' }] },
      { preferences: [{ kind: '*', channel: 'email', mode: 'off', extra: 1 }] },
    ]) {
      expectProblem(await client.put(url, { ...body, ...wrong }), 'VALIDATION_FAILED')
    }
    expect((await client.get(url)).json().preferences).toEqual([])
  })
})

describe('POST /v1/notification-preferences/retry-address', () => {
  it('shows a bounce with its reason and lets mails go there again', async () => {
    const address = (await client.get(url)).json().mail.address
    const bouncedAt = harness.clock.now()
    await upsertBounce(harness.deps.db, { email: address, reason: '550 5.1.1 no such user', bouncedAt })
    expect((await client.get(url)).json().mail).toEqual({
      ...{ address, state: 'bounced', bouncedAt: bouncedAt.toISOString(), reason: '550 5.1.1 no such user' },
    })
    expect((await client.post(`${url}/retry-address`)).json().mail).toEqual({ address, state: 'working' })
    expectProblem(await harness.client.post(`${url}/retry-address`), 'UNAUTHENTICATED')
  })
})

describe('the inbox', () => {
  it('filters by kind and leaves out what is turned off in the product', async () => {
    const { orgId, userId } = user
    const tell = (subjectId: string) =>
      tellUsers(harness.deps, {
        ...{ orgId, userIds: [userId], kind: 'organisation.verified' as const, subjectId },
        params: { organisationName: '示范' },
      })
    await tell('first')
    const inbox = async (query: string) => (await client.get(`/v1/notifications${query}`)).json()
    expect((await inbox('?kind=organisation.verified')).data).toHaveLength(1)
    expect((await inbox('?kind=listing.returned,listing.published')).data).toHaveLength(0)
    expectProblem(await client.get('/v1/notifications?kind=nonsense'), 'VALIDATION_FAILED')
    const off = [{ kind: 'organisation.verified', channel: 'inApp', mode: 'off' }]
    await client.put(url, { ...body, preferences: off })
    await tell('second')
    expect(await inbox('?kind=organisation.verified')).toMatchObject({
      data: [{ kind: 'organisation.verified' }],
      unreadCount: 1,
    })
  })
})
