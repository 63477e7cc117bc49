import { describe, expect, it } from 'vitest'
import { idToUuid, uuidToId } from '../../../src/kernel/ids.ts'
import { noticesOfOverdueReview } from '../../../src/modules/notifications/notices/review-notices.ts'
import { chaseOverdue } from '../../../src/modules/review/chase-overdue.ts'
import { claimItems } from '../../../src/modules/review/claim-items.ts'
import { feedbackOf } from '../../../src/modules/review/domain/feedback.ts'
import { givenItems, givenScene } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()

async function givenHeld(count: number) {
  const scene = await givenScene(api)
  await givenItems(api, scene, { supplies: count })
  const { views } = await claimItems(api.deps, scene.broker, { limit: count })
  return { scene, items: views.map(({ item }) => ({ id: item.id, leaseToken: item.leaseToken ?? '' })) }
}

describe('POST /v1/review-items/decisions', () => {
  it('answers each on its own: what is refused takes no other with it, and a repeat is safe', async () => {
    const { scene, items } = await givenHeld(3)
    const [first, second, third] = items
    await api.rowsOf(
      'update review_items set lease_until = clock_timestamp() where id = $1',
      idToUuid(second?.id ?? ''),
    )
    const decisions = [
      { id: first?.id, answer: { leaseToken: first?.leaseToken, decision: 'approve' } },
      { id: second?.id, answer: { leaseToken: second?.leaseToken, decision: 'approve' } },
      { id: third?.id, answer: { leaseToken: third?.leaseToken, decision: 'reject', reasonCode: 'field_mismatch' } },
    ]
    const send = () => api.call('POST', '/v1/review-items/decisions', { as: scene.broker, body: { decisions } })
    expect((await send()).body.data).toMatchObject([
      { id: first?.id, status: 200, state: 'decided', decision: 'approve' },
      { id: second?.id, status: 409, problem: { code: 'LEASE_LOST' } },
      { id: third?.id, status: 200, decision: 'reject' },
    ])
    expect((await send()).body.data.map(({ problem }: { problem: { code: string } }) => problem.code)).toEqual([
      'ALREADY_DECIDED',
      'LEASE_LOST',
      'ALREADY_DECIDED',
    ])
  })

  it('refuses a body that names an item twice or rejects without a reason', async () => {
    const { scene, items } = await givenHeld(1)
    const [item] = items
    const one = { id: item?.id, answer: { leaseToken: item?.leaseToken, decision: 'approve' } }
    const reasonless = { ...one, answer: { ...one.answer, decision: 'reject' } }
    for (const decisions of [[one, one], [reasonless], []]) {
      const { status } = await api.call('POST', '/v1/review-items/decisions', { as: scene.broker, body: { decisions } })
      expect(status).toBe(400)
    }
  })
})

describe('POST /v1/review-items/{id}/lease-revocation', () => {
  it('lets an operator free an item, audited with whose it was', async () => {
    const { scene, items } = await givenHeld(1)
    const url = `/v1/review-items/${items[0]?.id}/lease-revocation`
    expect((await api.call('POST', url, { as: scene.broker, body: { reason: 'absent' } })).status).toBe(403)
    expect((await api.call('POST', url, { as: scene.operator, body: { reason: 'absent' } })).status).toBe(204)
    expect((await api.call('POST', url, { as: scene.operator, body: { reason: 'absent' } })).status).toBe(409)
    const [entry] = await api.rowsOf(`select facts from audit_entries where action = 'review_item.lease_revoked'`)
    expect(entry).toEqual({ facts: { from: scene.broker.userId, reason: 'absent' } })
    const late = { leaseToken: items[0]?.leaseToken, decision: 'approve' }
    const answer = await api.call('POST', `/v1/review-items/${items[0]?.id}/decision`, { as: scene.broker, body: late })
    expect(answer.body.code).toBe('LEASE_LOST')
    await scene.now.market({ code: 'jiangsu' })
    const stranger = { ...scene.operator, market: 'jiangsu' }
    expect((await api.call('POST', url, { as: stranger, body: { reason: 'absent' } })).status).toBe(404)
  })
})

describe('feedback', () => {
  it('names a reason once three brokers gave it, to the owner alone', async () => {
    const { scene } = await givenHeld(3)
    const [{ demand_id: uuid }] = (await api.rowsOf('select demand_id from review_items')) as [{ demand_id: string }]
    const brokers = [scene.broker, await scene.now.broker(), await scene.now.broker()]
    const rows = await api.rowsOf('select id from review_items order by id')
    const url = `/v1/demands/${uuidToId('demand', uuid)}/feedback`
    for (const [index, { id }] of rows.entries()) {
      const { body } = await api.call('GET', url, { as: scene.enterprise })
      expect(body.reasons).toEqual([])
      await api.rowsOf(
        `update review_items set state = 'decided', decision = 'reject', reason_code = 'maturity_too_low', decided_by = $2,
         decided_at = now(), lease_owner = null, lease_until = null, lease_token = null where id = $1`,
        ...[id, idToUuid(brokers[index]?.userId ?? '')],
      )
    }
    expect((await api.call('GET', url, { as: scene.enterprise })).body).toEqual({
      reasons: [{ reasonCode: 'maturity_too_low', brokers: 3 }],
      isMoreWithheld: false,
      leastBrokers: 3,
    })
    expect((await api.call('GET', url, { as: scene.university })).status).toBe(404)
    expect((await api.call('GET', url)).status).toBe(401)
  })

  it('says that more is withheld without saying what', () => {
    const counts = [
      { reasonCode: 'price_too_high', brokers: 3 },
      { reasonCode: 'competitor', brokers: 2 },
      { reasonCode: 'maturity_too_low', brokers: 7 },
    ]
    expect(feedbackOf(counts)).toEqual({
      reasons: [
        { reasonCode: 'maturity_too_low', brokers: 7 },
        { reasonCode: 'price_too_high', brokers: 3 },
      ],
      isMoreWithheld: true,
    })
  })
})

describe('overdue items', () => {
  it('are announced once when due and once when late, counted in the queue, and told to the right people', async () => {
    const { scene } = await givenHeld(2)
    await api.rowsOf(`update review_items set due_at = now() + interval '1 hour', late_at = now() + interval '2 hours'`)
    await chaseOverdue(api.deps)
    expect(await api.eventsOf('review_items.overdue')).toEqual([])
    await api.rowsOf('update review_items set due_at = now()')
    await chaseOverdue(api.deps)
    await chaseOverdue(api.deps)
    const facts = await api.eventsOf('review_items.overdue')
    expect(facts).toMatchObject([{ data: { market: 'ningbo', level: 'due' } }])
    const { body } = await api.call('GET', '/v1/review-queue', { as: scene.operator })
    expect(body).toMatchObject({ overdue: 2, secondReading: { read: 0, agreed: 0 } })
    await api.rowsOf('update review_items set late_at = now()')
    await chaseOverdue(api.deps)
    await chaseOverdue(api.deps)
    expect(await api.eventsOf('review_items.overdue')).toMatchObject([{}, { data: { level: 'late' } }])
    const told = async (level: 'due' | 'late') =>
      (await noticesOfOverdueReview(api.deps.db, { market: 'ningbo', level, day: '2026-11-28' })).flatMap(
        ({ userIds = [] }) => userIds,
      )
    expect(await told('due')).toEqual([scene.broker.userId])
    expect(await told('late')).toEqual([scene.operator.userId])
  })
})
