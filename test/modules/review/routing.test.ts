import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Id, idToUuid, newId } from '../../../src/kernel/ids.ts'
import { claimItems } from '../../../src/modules/review/claim-items.ts'
import { claimItems as claimRows } from '../../../src/modules/review/claim-repo.ts'
import { obstaclesFor, regionPrefix } from '../../../src/modules/review/domain/routing.ts'
import { reviewItems } from '../../../src/modules/review/table.ts'
import type { ReviewWorker } from '../../../src/modules/review/worker-of.ts'
import { givenItems, givenScene } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()
const fields = ['new-materials', 'new-energy']
const regions = ['330200', '330206', '320000', '310000']
const subset = (values: readonly string[]) => fc.subarray([...values])

const aWorker = fc.record({
  step: fc.integer({ min: 1, max: 4 }),
  fields: subset(fields),
  regions: subset(regions),
  certificates: subset(['technology_broker_senior']),
})
const anItem = fc.record({
  fields: subset(fields),
  region: fc.option(fc.constantFrom('330206', '330212', '320100', '310101')),
  stage: fc.constantFrom('first' as const, 'second' as const, 'senior' as const),
  minStep: fc.integer({ min: 0, max: 4 }),
  certificate: fc.constantFrom(null, 'technology_broker_senior'),
  isOpenToAll: fc.boolean(),
  hasRead: fc.boolean(),
  conflict: fc.constantFrom('none', 'own', 'declared'),
})

describe('routing', () => {
  it('claims by SQL exactly what the rule allows', async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene)
    const { userId, orgId } = scene.broker
    const [{ id: reviewItemId }] = (await api.rowsOf('select id from review_items')) as [{ id: string }]
    const declared = newId('organisation')
    await fc.assert(
      fc.asyncProperty(aWorker, anItem, async (skills, { isOpenToAll, hasRead, conflict, ...item }) => {
        const demandOrg = { none: newId('organisation'), own: orgId, declared }[conflict] as Id<'organisation'>
        const openToAllAt = new Date(Date.now() + (isOpenToAll ? -1 : 1) * 3_600_000)
        await api.deps.db
          .update(reviewItems)
          .set({ ...item, openToAllAt, demandOrgId: demandOrg, leaseOwner: null, leaseUntil: null, leaseToken: null })
        await api.rowsOf('truncate review_readings')
        if (hasRead) await insertReading(reviewItemId, userId, orgId)
        const worker = { ...skills, userId, orgId, conflicts: [declared] } as unknown as ReviewWorker
        const claimed = await claimRows(api.deps.db, { worker, markets: ['ningbo'], limit: 1 })
        const routed = { ...item, openToAllAt, demandOrgId: demandOrg, supplyOrgId: scene.university.orgId }
        const readers = hasRead ? [userId] : []
        const found = obstaclesFor(worker, routed, { now: new Date(), readers, seniorStep: 3 })
        expect(claimed.length, found.join()).toBe(found.length === 0 ? 1 : 0)
      }),
      { numRuns: 80 },
    )
  })

  it('offers an item of another field after a day, and of a conflict never', async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene)
    await api.rowsOf(
      `insert into broker_profiles values ($1, 'technology_broker_junior', '{biomedicine}', '{}', '{}', '[]', 5, true, 2, now())`,
      idToUuid(scene.broker.userId),
    )
    const [item] = await api.rowsOf(
      'select extract(epoch from open_to_all_at - created_at) / 3600 as hours from review_items',
    )
    expect(Number(item?.hours)).toBe(24)
    await api.rowsOf(`update review_items set open_to_all_at = clock_timestamp() + interval '1 hour'`)
    expect((await claimItems(api.deps, scene.broker, { limit: 10 })).views).toEqual([])
    await api.rowsOf('update review_items set open_to_all_at = clock_timestamp()')
    await api.rowsOf(
      `insert into broker_conflicts values ($1, $2, 'shareholding', null, now())`,
      ...[idToUuid(scene.broker.userId), idToUuid(scene.university.orgId)],
    )
    expect((await claimItems(api.deps, scene.broker, { limit: 10 })).views).toEqual([])
    await api.rowsOf('delete from broker_conflicts')
    expect(await claimItems(api.deps, scene.broker, { limit: 10 })).toMatchObject({ views: [{}], remaining: 4 })
  })

  it('reads a division as all that lies in it', () => {
    expect(['330000', '330200', '330206'].map(regionPrefix)).toEqual(['33', '3302', '330206'])
  })
})

async function insertReading(itemId: string, userId: string, orgId: string): Promise<void> {
  await api.rowsOf(
    `insert into review_readings (review_item_id, turn, opened_at, stage, user_id, org_id, answer, read_at)
     select id, 1, created_at, 'first', $2, $3, 'approve', now() from review_items where id = $1`,
    ...[itemId, idToUuid(userId), idToUuid(orgId)],
  )
}
