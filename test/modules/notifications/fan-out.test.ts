import { describe, expect, it } from 'vitest'
import { idToUuid } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { publishListing, submitListing } from '../../../src/modules/listings/index.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import { fanOut, fanOutFacts } from '../../../src/modules/notifications/fan-out.ts'
import { notificationSubscriptions } from '../../../src/modules/notifications/jobs.ts'
import { claimItems } from '../../../src/modules/review/claim-items.ts'
import { decideItem } from '../../../src/modules/review/decide-item.ts'
import { canaries, givenDemands, givenItems, givenScene } from '../review/given-items.ts'
import { useReviewApi } from '../review/review-api.ts'

const api = useReviewApi()

/** What follows from the stored facts of a type, run as the relay and the worker would. */
async function runJobsOf(type: string): Promise<void> {
  for (const { data } of await api.eventsOf(type)) {
    const requests = notificationSubscriptions.filter(({ eventType }) => eventType === type)
    for (const { payload } of requests.flatMap(({ react }) => react(data))) {
      await fanOutFacts(api.deps, payload as Parameters<typeof fanOutFacts>[1])
    }
  }
}

async function inboxOf(user: Principal, kind: string) {
  const rows = await api.rowsOf(
    'select subject_id, params from notifications where user_id = $1 and kind = $2 order by id',
    idToUuid(user.userId),
    kind,
  )
  return rows as { subject_id: string; params: Record<string, unknown> }[]
}

async function givenApproval() {
  const scene = await givenScene(api)
  const colleague = await scene.now.user(scene.enterprise, 'member')
  await givenItems(api, scene)
  const [view] = (await claimItems(api.deps, scene.broker, { limit: 1 })).views
  if (!view?.item.leaseToken) throw new Error('an item to claim expected')
  const { id, leaseToken } = view.item
  await decideItem(api.deps, scene.broker, { id, leaseToken, decision: 'approve', note: '内部意见' })
  return { scene, colleague, item: view.item }
}

describe('an approved match', () => {
  it('is told to every user of both sides exactly once, however often the job runs', async () => {
    const { scene, colleague, item } = await givenApproval()
    await runJobsOf('match.approved')
    await Promise.all([runJobsOf('match.approved'), runJobsOf('match.approved')])
    for (const user of [scene.enterprise, colleague]) {
      expect(await inboxOf(user, 'match.approved.demand')).toMatchObject([{ subject_id: item.matchId }])
    }
    expect(await inboxOf(scene.university, 'match.approved.supply')).toHaveLength(1)
    expect(await api.rowsOf(`select id from notifications where kind like 'match.%'`)).toHaveLength(3)
  })

  it('carries ids and public titles, nothing confidential and no contact', async () => {
    await givenApproval()
    await runJobsOf('match.approved')
    const [row] = await api.rowsOf(`select params from notifications where kind = 'match.approved.demand'`)
    expect(Object.keys(row?.params as object).sort()).toEqual(
      ['demandId', 'demandTitle', 'matchId', 'supplyId', 'supplyTitle'].sort(),
    )
    const all = JSON.stringify(await api.rowsOf('select * from notifications'))
    for (const secret of [canaries.confidentialDetail, canaries.contact.name, canaries.contact.phone, '内部意见']) {
      expect(all).not.toContain(secret)
    }
  })

  it('is told to nobody when a side has left the market before the job ran', async () => {
    const { scene, item } = await givenApproval()
    const outcome = 'contracted'
    await closeListing(api.deps, scene.enterprise, { definition: demandKind, id: item.demandId, outcome })
    await runJobsOf('match.approved')
    expect(await api.rowsOf(`select id from notifications where kind like 'match.%'`)).toEqual([])
  })
})

describe('a listing', () => {
  it('tells its owner of each publication and return once, with the reasons', async () => {
    const scene = await givenScene(api)
    const [demand] = await givenDemands(scene, 1)
    if (!demand) throw new Error('a demand expected')
    const ref = { definition: demandKind, id: demand.id }
    await runJobsOf('listing.published')
    for (const reason of ['needs_clarification', 'duplicate']) {
      await returnListing(api.deps, scene.operator, { ...ref, reasons: [reason] })
      await runJobsOf('listing.returned')
      const { state } = await submitListing(api.deps, scene.enterprise, ref)
      if (state === 'submitted') await publishListing(api.deps, scene.operator, ref)
      await runJobsOf('listing.published')
    }
    expect(await inboxOf(scene.enterprise, 'listing.published')).toHaveLength(3)
    const returned = await inboxOf(scene.enterprise, 'listing.returned')
    expect(returned.map(({ params }) => params.reasons)).toEqual([['needs_clarification'], ['duplicate']])
    expect(await inboxOf(scene.university, 'listing.returned')).toEqual([])
  })
})

describe('an organisation', () => {
  it('hears once that it is verified, and nothing of other states', async () => {
    const scene = await givenScene(api)
    const newcomer = await scene.now.organisation({ isVerified: false })
    await runJobsOf('organisation.verification_changed')
    await runJobsOf('organisation.verification_changed')
    expect(await inboxOf(scene.enterprise, 'organisation.verified')).toHaveLength(1)
    const data = { organisationId: newcomer.orgId, verification: 'verified' }
    await fanOut(api.deps, { event: 'organisation.verification_changed', data })
    expect(await inboxOf(newcomer, 'organisation.verified')).toEqual([])
  })
})
