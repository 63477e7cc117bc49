import { describe, expect, it } from 'vitest'
import { inlineJobQueue } from '../../../src/adapters/jobs/inline.ts'
import { changeVerification } from '../../../src/modules/identity/index.ts'
import {
  listingSchedules,
  listingSubscriptions,
  reassessOrganisationJob,
  sweepListingsJob,
} from '../../../src/modules/listings/jobs.ts'
import { relayBatch } from '../../../src/outbox/index.ts'
import { silentLog } from '../../support/db.ts'
import { listingKinds } from './kinds.ts'
import { usePlace } from './place.ts'

const place = usePlace()
const jobs = [sweepListingsJob, reassessOrganisationJob]

describe('the jobs of the listings', () => {
  it('turn the listings of an organisation red after its suspension, carrying its id alone', async () => {
    const { owner, listing } = await place.given.publishedSupply()
    const operator = await place.given.operator()
    await changeVerification(place.deps, operator, { id: owner.orgId, decision: 'suspend' })
    const queue = inlineJobQueue(place.clock)
    await relayBatch({ db: place.deps.db, jobs: queue, log: silentLog }, listingSubscriptions)
    const payloads = queue.waiting().map(({ name, payload }) => [name, payload])
    expect(payloads).toContainEqual(['listings.reassess-organisation', { organisationId: owner.orgId }])
    await queue.runAll(jobs, { ...place.deps, listingKinds })
    expect((await place.trace(listing.id)).row).toMatchObject({ trust_code: 'red', state: 'published' })
  })

  it('sweep by schedule, at least every hour', async () => {
    const { listing } = await place.given.publishedSupply({ validUntil: '2026-03-02' })
    const [schedule] = listingSchedules
    expect(schedule?.everyMs).toBeLessThanOrEqual(3_600_000)
    place.clock.advance('1d')
    await sweepListingsJob.execute({ ...place.deps, listingKinds }, schedule?.request.payload)
    expect((await place.trace(listing.id)).row).toMatchObject({ state: 'closed', outcome: 'expired' })
  })
})
