import { describe, expect, it } from 'vitest'
import { idToUuid } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { claimItems } from '../../../src/modules/review/claim-items.ts'
import { type DecideItem, decideItem } from '../../../src/modules/review/decide-item.ts'
import { extendLease } from '../../../src/modules/review/extend-lease.ts'
import { releaseItem } from '../../../src/modules/review/release-item.ts'
import { givenItems, givenScene, type Scene } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()
const endLeases = () => api.rowsOf('update review_items set lease_until = clock_timestamp()')

async function givenClaim() {
  const scene = await givenScene(api)
  await givenItems(api, scene)
  return { scene, item: await claimOne(scene.broker) }
}

async function claimOne(broker: Principal) {
  const [view] = (await claimItems(api.deps, broker, { limit: 1 })).views
  const { item } = view ?? {}
  if (!item?.leaseToken) throw new Error('an item to claim expected')
  return { ...item, leaseToken: item.leaseToken }
}

type Held = Awaited<ReturnType<typeof claimOne>>
const decide = (actor: Principal, { id, leaseToken }: Held, answer: Omit<DecideItem, 'id' | 'leaseToken'>) =>
  decideItem(api.deps, actor, { id, leaseToken, ...answer })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** Everything that a decision writes. */
async function traces() {
  const [item] = await api.rowsOf('select state, decision, reason_code, version, lease_token from review_items')
  const [match] = await api.rowsOf('select state from matches')
  const audit = await api.rowsOf(`select action from audit_entries where action like 'review_item.%'`)
  const events = await api.rowsOf(`select type from outbox_events where type in ('match.approved', 'match.rejected')`)
  return { item, match, audit, events }
}

describe('a decision', () => {
  it('approves: item, match, audit and fact together, and no free text leaves the item', async () => {
    const { scene, item } = await givenClaim()
    await decide(scene.broker, item, { decision: 'approve', note: '对得上，先约线上会。' })
    expect(await traces()).toMatchObject({
      item: { state: 'decided', decision: 'approve', reason_code: null, lease_token: null },
      match: { state: 'approved' },
      audit: [{ action: 'review_item.decided' }],
      events: [{ type: 'match.approved' }],
    })
    const { matchId, demandId, supplyId, demandOrgId, supplyOrgId, market } = item
    expect(await api.eventsOf('match.approved')).toEqual([
      { data: { matchId, demandId, supplyId, demandOrgId, supplyOrgId, market } },
    ])
    const [entry] = await api.rowsOf(`select * from audit_entries where action = 'review_item.decided'`)
    expect(entry).toMatchObject({ user_id: idToUuid(scene.broker.userId), object_id: item.id })
    expect(JSON.stringify(entry)).not.toContain('线上会')
  })

  it('rejects with its reason in the fact, for the model to learn from', async () => {
    const { scene, item } = await givenClaim()
    await decide(scene.broker, item, { decision: 'reject', reasonCode: 'indicator_unmet' })
    expect(await traces()).toMatchObject({
      item: { state: 'decided', decision: 'reject', reason_code: 'indicator_unmet' },
      match: { state: 'rejected' },
    })
    expect(await api.eventsOf('match.rejected')).toMatchObject([{ data: { reasonCode: 'indicator_unmet' } }])
  })

  it('snoozes without deciding, audited', async () => {
    const { scene, item } = await givenClaim()
    const until = inDays(3)
    await decide(scene.broker, item, { decision: 'snooze', reasonCode: 'waiting_for_expert', until })
    expect(await traces()).toMatchObject({
      item: { state: 'snoozed', decision: null, lease_token: null },
      match: { state: 'proposed' },
      audit: [{ action: 'review_item.snoozed' }],
      events: [],
    })
    expect((await claimItems(api.deps, scene.broker, { limit: 1 })).views).toEqual([])
  })

  it.each([-0.01, 90.01])('refuses to snooze for %d days', async (days) => {
    const { scene, item } = await givenClaim()
    const answer = { decision: 'snooze', reasonCode: 'no_capacity', until: inDays(days) } as const
    await expect(decide(scene.broker, item, answer)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ pointer: '#/until' }],
    })
  })

  it('comes too late when the lease has ended, and writes nothing', async () => {
    const { scene, item } = await givenClaim()
    await endLeases()
    const before = await traces()
    await expect(decide(scene.broker, item, { decision: 'approve' })).rejects.toMatchObject({ code: 'LEASE_LOST' })
    expect(await traces()).toEqual(before)
  })

  it('comes too late when the item was claimed anew, even by the same broker', async () => {
    const { scene, item } = await givenClaim()
    await endLeases()
    const renewed = await claimOne(scene.broker)
    expect(renewed.id).toBe(item.id)
    await expect(decide(scene.broker, item, { decision: 'approve' })).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await decide(scene.broker, renewed, { decision: 'approve' })
  })

  it('belongs to the holder: the token alone is not enough', async () => {
    const { scene, item } = await givenClaim()
    const other = await scene.now.broker()
    await expect(decide(other, item, { decision: 'approve' })).rejects.toMatchObject({ code: 'LEASE_LOST' })
  })

  it('is made once: of two at the same time one wins, the other is told', async () => {
    const { scene, item } = await givenClaim()
    const results = await Promise.allSettled([
      decide(scene.broker, item, { decision: 'approve' }),
      decide(scene.broker, item, { decision: 'reject', reasonCode: 'field_mismatch' }),
    ])
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
    expect(refusals).toEqual(['ALREADY_DECIDED'])
    expect((await traces()).audit).toHaveLength(1)
    expect((await traces()).events).toHaveLength(1)
  })

  it.each(['audit_entries', 'outbox_events', 'matches'])('writes nothing when %s cannot be written', async (table) => {
    const { scene, item } = await givenClaim()
    const before = await traces()
    await api.rowsOf(
      `create trigger broken before insert or update on ${table} for each row execute function refuse_change()`,
    )
    try {
      await expect(decide(scene.broker, item, { decision: 'approve' })).rejects.toThrow()
    } finally {
      await api.rowsOf(`drop trigger broken on ${table}`)
    }
    expect(await traces()).toEqual(before)
  })

  it('is refused to a broker who has joined one of the two sides since', async () => {
    const { scene, item } = await givenClaim()
    const turned = { ...scene.broker, orgId: scene.university.orgId }
    await expect(decide(turned, item, { decision: 'approve' })).rejects.toMatchObject({ code: 'CONFLICT_OF_INTEREST' })
  })

  it('cannot approve what has left the market, but can still reject it', async () => {
    const { scene, item } = await givenClaim()
    await closeDemand(scene, item)
    await expect(decide(scene.broker, item, { decision: 'approve' })).rejects.toMatchObject({
      code: 'TRANSITION_NOT_ALLOWED',
    })
    await decide(scene.broker, item, { decision: 'reject', reasonCode: 'already_solved' })
    expect((await traces()).match).toEqual({ state: 'rejected' })
  })

  it('is refused in a market that is not the broker’s, as if the item did not exist', async () => {
    const { scene, item } = await givenClaim()
    await scene.now.market({ code: 'jiangsu' })
    const stranger = { ...scene.broker, market: 'jiangsu' }
    await expect(decide(stranger, item, { decision: 'approve' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a heartbeat', () => {
  it('starts the 15 minutes anew', async () => {
    const { scene, item } = await givenClaim()
    await api.rowsOf(`update review_items set lease_until = clock_timestamp() + interval '1 minute'`)
    const { leaseUntil } = await extendLease(api.deps, scene.broker, item)
    const [row] = await api.rowsOf(
      `select extract(epoch from lease_until - clock_timestamp())::int as left, lease_until from review_items`,
    )
    expect(row?.left).toBeGreaterThan(14 * 60)
    expect(row?.left).toBeLessThanOrEqual(15 * 60)
    expect(leaseUntil).toEqual(row?.lease_until)
  })

  it('does not bring an ended lease back', async () => {
    const { scene, item } = await givenClaim()
    await endLeases()
    await expect(extendLease(api.deps, scene.broker, item)).rejects.toMatchObject({ code: 'LEASE_LOST' })
  })
})

describe('a release', () => {
  it('lets somebody else claim the item at once and makes the token worthless', async () => {
    const { scene, item } = await givenClaim()
    await releaseItem(api.deps, scene.broker, item)
    await expect(decide(scene.broker, item, { decision: 'approve' })).rejects.toMatchObject({ code: 'LEASE_LOST' })
    const other = await scene.now.broker()
    expect((await claimOne(other)).id).toBe(item.id)
  })
})

function closeDemand({ enterprise }: Scene, { demandId }: Held) {
  return closeListing(api.deps, enterprise, { definition: demandKind, id: demandId, outcome: 'contracted' })
}
