import { describe, expect, it } from 'vitest'
import { idToUuid } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { claimItems } from '../../../src/modules/review/claim-items.ts'
import { type DecideItem, decideItem } from '../../../src/modules/review/decide-item.ts'
import { countAgreement } from '../../../src/modules/review/reading-repo.ts'
import { givenItems, givenScene } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()
const approve = { decision: 'approve' } as const
const reject = { decision: 'reject', reasonCode: 'field_mismatch' } as const
const escalate = { decision: 'escalate', reasonCode: 'high_value' } as const

async function givenReaders(secondReadingShare: number) {
  const scene = await givenScene(api, { secondReadingShare })
  await givenItems(api, scene)
  const senior = await scene.now.broker()
  await api.rowsOf(
    `insert into broker_profiles values ($1, 'technology_broker_senior', '{}', '{}', '{}', '[]', null, true, 2, now())`,
    idToUuid(senior.userId),
  )
  return { first: scene.broker, second: await scene.now.broker(), senior }
}

const claimable = async (by: Principal) => (await claimItems(api.deps, by, { limit: 1 })).views[0]?.item

async function read(by: Principal, answer: Omit<DecideItem, 'id' | 'leaseToken'>) {
  const item = await claimable(by)
  if (!item?.leaseToken) throw new Error('an item to claim expected')
  return decideItem(api.deps, by, { id: item.id, leaseToken: item.leaseToken, ...answer })
}

const matchState = async () => (await api.rowsOf('select state from matches'))[0]?.state
const agreement = () => countAgreement(api.deps.db, ['ningbo'], new Date(0))

describe('a second reading', () => {
  it('is by somebody else, blind, and settles when both agree', async () => {
    const { first, second } = await givenReaders(1)
    const item = await read(first, reject)
    expect(item).toMatchObject({ state: 'open', stage: 'second', decision: null, reasonCode: null, leaseToken: null })
    expect(await matchState()).toBe('proposed')
    expect(await claimable(first)).toBeUndefined()
    expect(await read(second, reject)).toMatchObject({ state: 'decided', decision: 'reject', decidedBy: second.userId })
    expect(await matchState()).toBe('rejected')
    expect(await agreement()).toEqual({ read: 1, agreed: 1 })
    expect(await api.eventsOf('review_item.read')).toMatchObject([
      { data: { userId: first.userId, stage: 'first', isFinal: false } },
      { data: { userId: second.userId, stage: 'second', isFinal: true } },
    ])
  })

  it('goes to a senior when the two disagree, whose word is final', async () => {
    const { first, second, senior } = await givenReaders(1)
    await read(first, approve)
    expect(await read(second, reject)).toMatchObject({ state: 'open', stage: 'senior' })
    expect(await claimable(first)).toBeUndefined()
    expect(await read(senior, approve)).toMatchObject({ state: 'decided', decision: 'approve' })
    expect(await matchState()).toBe('approved')
    expect(await agreement()).toEqual({ read: 1, agreed: 0 })
  })

  it('is left out where nobody else is there to read', async () => {
    const scene = await givenScene(api, { secondReadingShare: 1 })
    await givenItems(api, scene)
    expect(await read(scene.broker, approve)).toMatchObject({ state: 'decided' })
  })
})

describe('an escalation', () => {
  it('takes the item away from all who are not senior, with a new due date', async () => {
    const { first, second, senior } = await givenReaders(0)
    await api.rowsOf(`update review_items set due_at = now(), late_at = now(), chases = 1`)
    const item = await read(first, escalate)
    expect(item).toMatchObject({ state: 'open', stage: 'senior', chases: 0, decision: null })
    expect(item.dueAt.getTime()).toBeGreaterThan(Date.now() + 47 * 3_600_000)
    expect(await claimable(first)).toBeUndefined()
    expect(await claimable(second)).toBeUndefined()
    const held = await claimable(senior)
    if (!held?.leaseToken) throw new Error('the senior holds the item')
    const again = decideItem(api.deps, senior, { id: held.id, leaseToken: held.leaseToken, ...escalate })
    await expect(again).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' })
  })

  it('is recorded in the audit and in the readings', async () => {
    const { first } = await givenReaders(0)
    await read(first, { ...escalate, note: '超过五百万' })
    expect(await api.rowsOf('select answer, reason_code, note from review_readings')).toEqual([
      { answer: 'escalate', reason_code: 'high_value', note: '超过五百万' },
    ])
    const [entry] = await api.rowsOf(`select facts from audit_entries where action = 'review_item.handed_on'`)
    expect(entry).toMatchObject({ facts: { decision: 'escalate', reasonCode: 'high_value', next: 'senior' } })
    expect(JSON.stringify(entry)).not.toContain('超过')
  })

  it('does not fall to a snooze: its due date moves with it', async () => {
    const { first } = await givenReaders(0)
    const before = (await api.rowsOf('select due_at from review_items'))[0]?.due_at as Date
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString()
    const item = await read(first, { decision: 'snooze', reasonCode: 'no_capacity', until })
    expect((item.dueAt.getTime() - before.getTime()) / 86_400_000).toBeCloseTo(5, 1)
  })
})
