import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryWebhookSender } from '../../../src/adapters/webhooks/memory.ts'
import { withTx } from '../../../src/db/tx.ts'
import type { DomainEvent } from '../../../src/kernel/domain-event.ts'
import { type Id, idToUuid, newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { applicationStageChanged } from '../../../src/modules/applications/index.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { importEnded } from '../../../src/modules/imports/index.ts'
import { jointDemandInvited, jointDemandOpened } from '../../../src/modules/joint-demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import { matchApproved, reviewItemOpened } from '../../../src/modules/review/index.ts'
import { publicEventTypes } from '../../../src/modules/webhooks/domain/event-types.ts'
import { webhookSubscriptions } from '../../../src/modules/webhooks/jobs.ts'
import { appendEvents } from '../../../src/outbox/index.ts'
import { useHarness } from '../../support/harness.ts'
import { drainWebhooks, givenEndpoint } from './scene.ts'

const harness = useHarness()
const canaries = {
  title: '标题金丝雀',
  summary: '摘要金丝雀内容足够长以便通过校验',
  confidentialDetail: '机密金丝雀',
  contact: { name: '联系金丝雀', phone: '13912345678' },
}

beforeEach(async () => {
  await harness.reset()
  Object.assign(harness.deps.webhooks, memoryWebhookSender())
})
afterEach(() => {
  const all = JSON.stringify(harness.deps.webhooks.sent())
  expect(all).not.toMatch(/金丝雀|13912345678/)
})

/** What went to the host that stands for somebody. */
const heard = (name: string) =>
  harness.deps.webhooks
    .sent()
    .filter(({ url }) => url.includes(`//${name}.`))
    .map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, string> })

const listen = (name: string, actor: Principal, isReviewing = false) =>
  givenEndpoint(harness.deps, actor, {
    url: `https://${name}.example.com/`,
    ...(isReviewing && { eventTypes: ['review_item.opened'] }),
  })

const happens = async (...events: DomainEvent[]) => {
  await withTx(harness.deps.db, (tx) => appendEvents(tx, events))
  await drainWebhooks(harness.deps)
}

describe('what happens to a listing', () => {
  it('is told to its owner only, by ids only', async () => {
    const { given, deps } = harness
    const owner = await given.organisation()
    await listen('owner', owner)
    const stranger = await given.organisation()
    await drainWebhooks(deps)
    await listen('stranger', stranger)
    const { listing } = await given.publishedDemand({ by: owner, ...canaries })
    const id = listing.id as Id<'demand'>
    await drainWebhooks(deps)
    expect(heard('owner').filter(({ type }) => type === 'listing.published')).toMatchObject([
      { data: { listingId: id } },
    ])
    await returnListing(deps, await given.operator(), { definition: demandKind, id, reasons: ['duplicate'] })
    await drainWebhooks(deps)
    expect(heard('owner').at(-1)).toEqual({
      type: 'listing.returned',
      timestamp: harness.clock.now().toISOString(),
      data: { listingId: id },
    })
    expect(heard('stranger')).toEqual([])
  })

  it('is told under each of its public names', async () => {
    const { given, deps } = harness
    const owner = await given.organisation()
    await listen('owner', owner)
    const { listing } = await given.publishedDemand({ by: owner, ...canaries })
    const id = listing.id as Id<'demand'>
    await closeListing(deps, owner, { definition: demandKind, id, outcome: 'contracted' })
    await drainWebhooks(deps)
    expect(heard('owner').map(({ type }) => type)).toEqual(
      expect.arrayContaining(['listing.published', 'listing.closed']),
    )
  })

  it('is told only to endpoints that ask for it, are enabled, and whose organisation is not suspended', async () => {
    const { given, deps, database } = harness
    const owner = await given.organisation()
    await givenEndpoint(deps, owner, { url: 'https://picky.example.com/', eventTypes: ['listing.closed'] })
    await listen('off', owner)
    await database.pool.query(
      `update webhook_endpoints set is_enabled = false, disabled_reason = 'owner', disabled_at = now()
       where url like '%//off.%'`,
    )
    await given.publishedDemand({ by: owner, ...canaries })
    await drainWebhooks(deps)
    expect(heard('picky')).toEqual([])
    expect(heard('off')).toEqual([])
    const suspended = await given.organisation()
    await listen('suspended', suspended)
    await given.publishedDemand({ by: suspended, ...canaries })
    await database.pool.query(`update organisations set verification = 'suspended' where name = (
      select name from organisations o join webhook_endpoints e on e.org_id = o.id where e.url like '%//suspended.%')`)
    await drainWebhooks(deps)
    expect(heard('suspended')).toEqual([])
  })
})

describe('a match', () => {
  const pair = () => ({
    matchId: newId('match'),
    demandId: newId('demand'),
    supplyId: newId('supply'),
    market: 'ningbo',
  })

  it('that was approved is told to both sides once, however often the event is relayed', async () => {
    const { given, clock, database } = harness
    const [enterprise, university] = [await given.organisation(), await given.organisation({ kind: 'university' })]
    await listen('enterprise', enterprise)
    await listen('university', university)
    await listen('stranger', await given.organisation())
    const { market, ...ids } = pair()
    await happens(
      matchApproved({ ...ids, market, demandOrgId: enterprise.orgId, supplyOrgId: university.orgId }, clock.now()),
    )
    await database.pool.query(`update outbox_events set done_at = null where type = 'match.approved'`)
    await drainWebhooks(harness.deps)
    for (const side of ['enterprise', 'university']) {
      expect(heard(side).filter(({ type }) => type === 'match.approved')).toMatchObject([{ data: ids }])
    }
    expect(heard('stranger').filter(({ type }) => type === 'match.approved')).toEqual([])
  })

  it('that waits for review is told to those who review its market, except a side', async () => {
    const { given, clock } = harness
    await given.market({ code: 'ningbo' })
    await given.market({ code: 'yinzhou', parentCode: 'ningbo' })
    await given.market({ code: 'wenzhou' })
    const firm = await given.organisation({ kind: 'broker_firm', market: 'yinzhou' })
    const involved = await given.organisation({ kind: 'broker_firm', market: 'yinzhou' })
    await listen('firm', firm, true)
    await listen('involved', involved, true)
    await listen('operator', await given.operator('ningbo'), true)
    await listen('elsewhere', await given.organisation({ kind: 'broker_firm', market: 'wenzhou' }), true)
    const { listing } = await given.publishedDemand({ ...canaries })
    await harness.database.pool.query(
      'update listings set org_id = (select org_id from webhook_endpoints where url like $1)',
      ['%//involved.%'],
    )
    const ids = { matchId: newId('match'), demandId: listing.id as Id<'demand'>, supplyId: newId('supply') }
    const reviewItemId = newId('reviewItem')
    await happens(reviewItemOpened({ reviewItemId, ...ids, market: 'yinzhou' }, clock.now()))
    for (const name of ['firm', 'operator']) {
      expect(heard(name)).toMatchObject([{ type: 'review_item.opened', data: { reviewItemId, ...ids } }])
    }
    expect([...heard('elsewhere'), ...heard('involved')]).toEqual([])
  })
})

describe('the public event types', () => {
  it('are each announced by a subscription of their own', () => {
    const announced = webhookSubscriptions.map(({ eventType }) => eventType)
    expect(announced).toEqual(expect.arrayContaining([...publicEventTypes]))
  })
})

describe('the end of an import', () => {
  it('is told to the organisation of the user who sent the file', async () => {
    const { given, clock } = harness
    const importer = await given.organisation()
    const colleague = await given.user(importer, 'member')
    await listen('importer', importer)
    await listen('stranger', await given.organisation())
    const importId = newId('import')
    await happens(importEnded({ importId, userId: colleague.userId }, clock.now()))
    expect(heard('importer').at(-1)).toEqual({
      ...{ type: 'import.ended', timestamp: clock.now().toISOString(), data: { importId } },
    })
    expect(heard('stranger').map(({ type }) => type)).not.toContain('import.ended')
  })
})

describe('a joint demand', () => {
  it('is told to all that are invited, and its end to those who agreed', async () => {
    const { given, clock, database } = harness
    const [agreed, silent] = [await given.publishedDemand(), await given.publishedDemand()]
    await listen('agreed', agreed.owner)
    await listen('silent', silent.owner)
    await listen('stranger', await given.organisation())
    const [jointDemandId, now] = [newId('jointDemand'), clock.now()]
    await database.pool.query(
      `insert into joint_demands (id, market, title, state, answer_by, created_at) values ($1, 'ningbo', 't', 'inviting', $2, $2)`,
      [idToUuid(jointDemandId), now],
    )
    for (const [{ listing, owner }, answer] of [[agreed, 'agreed'] as const, [silent, null] as const]) {
      await database.pool.query(
        `insert into joint_demand_members (joint_id, demand_id, org_id, share_bp, answer, answered_at)
          values ($1, $2, $3, 5000, $4, $5)`,
        [...[jointDemandId, listing.id, owner.orgId].map(idToUuid), answer, answer && now],
      )
    }
    const joint = (name: string) => heard(name).filter(({ type }) => type.startsWith('joint_demand.'))
    await happens(jointDemandInvited({ jointDemandId }, now))
    await happens(jointDemandOpened({ jointDemandId }, now))
    const [invited, opened] = ['invited', 'opened'].map((what) => ({
      ...{ type: `joint_demand.${what}`, data: { jointDemandId } },
    }))
    expect(joint('agreed')).toMatchObject([invited, opened])
    expect(joint('silent')).toMatchObject([invited])
    expect(joint('stranger')).toEqual([])
  })
})

describe('a step of a finance application', () => {
  it('is told to both sides', async () => {
    const { given, clock } = harness
    const [applicant, provider] = [await given.organisation(), await given.organisation()]
    await listen('applicant', applicant)
    await listen('provider', provider)
    await listen('stranger', await given.organisation())
    const applicationId = newId('financeApplication')
    const orgs = { applicantId: applicant.orgId, providerId: provider.orgId, byOrgId: applicant.orgId }
    await happens(applicationStageChanged({ applicationId, ...orgs, stage: 'submitted', version: 2 }, clock.now()))
    for (const side of ['applicant', 'provider']) {
      expect(heard(side).at(-1)).toMatchObject({ type: 'application.stage_changed', data: { applicationId } })
    }
    expect(heard('stranger').map(({ type }) => type)).not.toContain('application.stage_changed')
  })
})
