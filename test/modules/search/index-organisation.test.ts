import { beforeEach, describe, expect, it } from 'vitest'
import { postgresSearchEngine } from '../../../src/adapters/search/postgres.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { declareQualification } from '../../../src/modules/identity/declare-qualification.ts'
import { removeQualification } from '../../../src/modules/identity/remove-qualification.ts'
import { updateOrganisation } from '../../../src/modules/identity/update-organisation.ts'
import { verifyQualification } from '../../../src/modules/identity/verify-qualification.ts'
import { indexExpiredQualifications } from '../../../src/modules/search/index-expired-qualifications.ts'
import { indexOrganisationJob } from '../../../src/modules/search/jobs.ts'
import { indexOrganisation, reindexAll } from '../../../src/modules/search/reindex.ts'
import type { SearchEngine } from '../../../src/ports/search-engine.ts'
import { aQuery } from '../../contracts/search-document.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { type Given, given } from '../../support/given.ts'

const database = useTestDatabase()
const clock = testClock()
let search: SearchEngine
let market: Given

beforeEach(async () => {
  await database.reset()
  search = postgresSearchEngine({ db: database.db })
  market = given({ db: database.db, clock })
})

const deps = () => ({ db: database.db, clock, search })
const titles = async (query: Parameters<typeof aQuery>[0]) =>
  (await search.search(aQuery(query))).hits.map(({ listingId }) => listingId)
const factsOf = async (type: string) =>
  (await database.pool.query('select data from outbox_events where type = $1', [type])).rows

/** An organisation with one indexed supply and a verified qualification that ends in a month. */
async function aQualifiedOwner() {
  const owner = await market.organisation({ kind: 'enterprise', name: '甬江实验室' })
  const { listing } = await market.publishedSupply({ by: owner })
  const certificate = { type: 'high_tech_enterprise', certificateNo: 'GR202633100001', issuer: '科技局' }
  const validity = { validFrom: day(-30), validTo: day(30) }
  const input = { organisationId: owner.orgId, ...certificate, ...validity }
  const { id } = await declareQualification(deps(), owner, input as never)
  const ref = { organisationId: owner.orgId, qualificationId: id }
  await verifyQualification(deps(), await market.operator(), { ...ref, decision: 'verify' })
  return { owner, listing, ref }
}

function day(offset: number): string {
  return new Date(clock.now().getTime() + offset * 86_400_000).toISOString().slice(0, 10)
}

const qualified = { qualifications: ['high_tech_enterprise'] }
const rename = (owner: Principal, name: string) =>
  updateOrganisation(deps(), owner, { id: owner.orgId, version: 2, change: { name } })

describe('an owner in the index', () => {
  it('is found by a new name and no longer by the old one, as soon as the job ran', async () => {
    const { owner, listing } = await aQualifiedOwner()
    await reindexAll(deps())
    await rename(owner, '东海材料研究院')
    expect(await factsOf('organisation.renamed')).toEqual([{ data: { organisationId: owner.orgId } }])
    await indexOrganisationJob.execute(deps(), { organisationId: owner.orgId })
    expect(await titles({ q: '东海材料研究院' })).toEqual([listing.id])
    expect(await titles({ q: '"甬江实验室"' })).toEqual([])
  })

  it('is filtered by a qualification from its verification to its removal', async () => {
    const { owner, listing, ref } = await aQualifiedOwner()
    await indexOrganisation(deps(), ref)
    expect(await titles(qualified)).toEqual([listing.id])
    await removeQualification(deps(), owner, ref)
    expect(await factsOf('organisation.qualifications_changed')).toHaveLength(2)
    await indexOrganisation(deps(), ref)
    expect(await titles(qualified)).toEqual([])
  })

  it('loses a qualification on the day after its last, without anybody doing anything', async () => {
    const { listing, ref } = await aQualifiedOwner()
    await indexOrganisation(deps(), ref)
    clock.advance('30d')
    await indexExpiredQualifications(deps())
    expect(await titles(qualified)).toEqual([listing.id])
    clock.advance('1d')
    await indexExpiredQualifications(deps())
    expect(await titles(qualified)).toEqual([])
  })

  it('leaves the listings of others alone', async () => {
    const { ref } = await aQualifiedOwner()
    const other = await market.publishedSupply()
    await indexOrganisation(deps(), ref)
    expect(await titles({})).not.toContain(other.listing.id)
  })
})
