import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { tellUsers } from '../../../src/modules/notifications/tell-users.ts'
import { given } from '../../support/given.ts'
import { useReviewApi } from '../review/review-api.ts'

const api = useReviewApi()
const inbox = '/v1/notifications'

async function givenInbox(count: number): Promise<Principal> {
  const user = await given(api.deps).organisation()
  await tell(user, count)
  return user
}

async function tell({ orgId, userId }: Principal, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const listingId = newId('demand')
    const params = {
      listingId,
      listingTitle: `需求${i}`,
      listingKind: 'demand' as const,
      reasons: ['duplicate', 'gone'],
    }
    const notice = { orgId, userIds: [userId], kind: 'listing.returned' as const, subjectId: listingId, params }
    await tellUsers(api.deps, notice)
  }
}

describe('GET /v1/notifications', () => {
  it('shows the own ones newest first, in both languages, with the number of unread ones', async () => {
    const user = await givenInbox(3)
    const { status, body } = await api.call('GET', inbox, { as: user })
    expect([status, body.unreadCount]).toEqual([200, 3])
    expect(body.data[0]).toMatchObject({
      kind: 'listing.returned',
      title: { zh: '您的技术需求被退回', en: 'Your demand was returned' },
      body: { zh: '“需求2”被退回，原因：重复、gone。修改后可重新提交。' },
      links: { listingId: expect.stringMatching(/^dem_/) },
    })
    expect(body.data.map(({ body: text }: { body: { zh: string } }) => text.zh.slice(1, 4))).toEqual([
      '需求2',
      '需求1',
      '需求0',
    ])
  })

  it('pages, and filters what is unread', async () => {
    const user = await givenInbox(3)
    const first = (await api.call('GET', `${inbox}?limit=2`, { as: user })).body
    await api.call('POST', `${inbox}/${first.data[0].id}/read`, { as: user })
    const rest = (await api.call('GET', `${inbox}?limit=2&cursor=${first.page.nextCursor}`, { as: user })).body
    expect([rest.data.length, rest.page.hasMore, rest.unreadCount]).toEqual([1, false, 2])
    const unread = (await api.call('GET', `${inbox}?unread=true`, { as: user })).body
    expect(unread.data.map(({ id }: { id: string }) => id)).toEqual([first.data[1].id, rest.data[0].id])
  })

  it("never shows somebody else's, not even a colleague's", async () => {
    const user = await givenInbox(1)
    const now = given(api.deps)
    const colleague = await now.user(user, 'member')
    expect((await api.call('GET', inbox, { as: colleague })).body).toMatchObject({ data: [], unreadCount: 0 })
  })

  it('refuses the signed-out, keys without the scope, and unknown parameters', async () => {
    const user = await givenInbox(0)
    expect((await api.call('GET', inbox)).status).toBe(401)
    expect((await api.call('GET', inbox, { as: { ...user, scopes: ['listing.read'] } })).status).toBe(403)
    expect((await api.call('GET', `${inbox}?unread=yes`, { as: user })).status).toBe(400)
  })
})

describe('POST /v1/notifications/{id}/read', () => {
  it('marks it; the first reading counts', async () => {
    const user = await givenInbox(1)
    const { id } = (await api.call('GET', inbox, { as: user })).body.data[0]
    const first = await api.call('POST', `${inbox}/${id}/read`, { as: user })
    expect([first.status, first.body.readAt]).toEqual([200, api.clock.now().toISOString()])
    api.clock.advance('1h')
    expect((await api.call('POST', `${inbox}/${id}/read`, { as: user })).body).toEqual(first.body)
  })

  it("answers 404 for a stranger's as for one that is not there, and leaves it unread", async () => {
    const user = await givenInbox(1)
    const stranger = await given(api.deps).organisation()
    const { id } = (await api.call('GET', inbox, { as: user })).body.data[0]
    expect((await api.call('POST', `${inbox}/${id}/read`, { as: stranger })).status).toBe(404)
    expect((await api.call('POST', `${inbox}/${newId('notification')}/read`, { as: user })).status).toBe(404)
    expect((await api.call('POST', `${inbox}/nonsense/read`, { as: user })).status).toBe(400)
    expect((await api.call('GET', inbox, { as: user })).body.unreadCount).toBe(1)
  })
})

describe('POST /v1/notifications/read-all', () => {
  it("marks all own ones and nobody else's, and repeats its answer under its key", async () => {
    const user = await givenInbox(2)
    const other = await given(api.deps).organisation()
    await tell(other, 1)
    const request = { as: user, key: 'read-all-0123456789' }
    const first = await api.call('POST', `${inbox}/read-all`, request)
    expect([first.status, first.body]).toEqual([200, { marked: 2 }])
    expect((await api.call('POST', `${inbox}/read-all`, request)).body).toEqual({ marked: 2 })
    expect((await api.call('POST', `${inbox}/read-all`, { as: user })).body).toEqual({ marked: 0 })
    expect((await api.call('GET', inbox, { as: other })).body.unreadCount).toBe(1)
    expect((await api.call('POST', `${inbox}/read-all`)).status).toBe(401)
  })
})
