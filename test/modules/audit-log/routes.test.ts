import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashOf } from '../../../src/audit/chain.ts'
import { originFor, withOrigin } from '../../../src/audit/origin.ts'
import { sealEntries } from '../../../src/audit/seal-entries.ts'
import { readExport } from '../../../src/audit/sealed-record.ts'
import { verifyRecords } from '../../../src/audit/verify-records.ts'
import { type Id, idToUuid, newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { useHarness } from '../../support/harness.ts'
import { expectProblem, type HttpClient } from '../../support/http.ts'

const harness = useHarness()
let [owner, stranger]: Principal[] = []
let clients: Record<'owner' | 'member' | 'operator' | 'elsewhere', HttpClient>

beforeAll(async () => {
  const { given } = harness
  owner = await given.organisation()
  stranger = await given.organisation()
  clients = {
    owner: await harness.as(owner),
    member: await harness.as(await given.user(owner, 'member')),
    operator: await harness.as('operator'),
    elsewhere: await harness.as(await given.operator('jiangsu')),
  }
  await sealEntries(harness.deps)
})

type Entry = { orgId: string; action: string; at: string; link: { position: number } | null }
async function list(who: keyof typeof clients, query = ''): Promise<Entry[]> {
  const response = await clients[who].get(`/v1/audit-entries?limit=100${query}`)
  expect(response.statusCode, response.body).toBe(200)
  return JSON.parse(response.body).data
}

describe('GET /v1/audit-entries', () => {
  it('shows an owner what the own organisation did, chained', async () => {
    const entries = await list('owner')
    expect(new Set(entries.map(({ orgId }) => orgId))).toEqual(new Set([owner?.orgId]))
    expect(entries.map(({ action }) => action)).toEqual(['user.created', 'user.created', 'organisation.registered'])
    expect(entries.map(({ link }) => link?.position)).toEqual([3, 2, 1])
  })

  it('shows an operator the organisations of the own market tree and nobody else’s', async () => {
    const orgs = new Set((await list('operator')).map(({ orgId }) => orgId))
    expect(orgs).toContain(owner?.orgId)
    expect(orgs).toContain(stranger?.orgId)
    expect((await list('elsewhere')).map(({ orgId }) => orgId)).not.toContain(owner?.orgId)
    expect(await list('elsewhere', `&organisationId=${owner?.orgId}`)).toEqual([])
  })

  it('filters by action, object, user and time, and pages without gaps', async () => {
    expect(await list('owner', '&action=organisation.registered')).toHaveLength(1)
    expect(await list('owner', `&objectId=${owner?.orgId}`)).toMatchObject([{ action: 'organisation.registered' }])
    expect(await list('owner', `&userId=${stranger?.userId}`)).toEqual([])
    expect(await list('owner', '&from=2099-01-01T00:00:00Z')).toEqual([])
    expect(await list('owner', '&to=2099-01-01T00:00:00%2B08:00')).toHaveLength(3)
    const first = JSON.parse((await clients.owner.get('/v1/audit-entries?limit=2')).body)
    const second = JSON.parse(
      (await clients.owner.get(`/v1/audit-entries?limit=2&cursor=${first.page.nextCursor}`)).body,
    )
    expect([...first.data, ...second.data]).toEqual(await list('owner'))
  })

  it('refuses nonsense, members, the unknown, and hides other organisations', async () => {
    expectProblem(await clients.owner.get('/v1/audit-entries?action=x'), 'VALIDATION_FAILED')
    expectProblem(await clients.member.get('/v1/audit-entries'), 'FORBIDDEN')
    expectProblem(await harness.client.get('/v1/audit-entries'), 'UNAUTHENTICATED')
    expectProblem(await clients.owner.get(`/v1/audit-entries?organisationId=${stranger?.orgId}`), 'NOT_FOUND')
  })
})

describe('GET /v1/audit-entries/export', () => {
  const url = '/v1/audit-entries/export'

  it('is the whole chain of the own organisation, which verifies without a database', async () => {
    const response = await clients.owner.get(url)
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toContain('application/x-ndjson')
    expect(response.headers['content-disposition']).toMatch(/^attachment; filename="audit-org_/)
    const lines = response.body.trim().split('\n')
    const verify = (some: string[]) => verifyRecords(readExport(Readable.from(some)), { isWhole: true })
    expect(await verify(lines)).toMatchObject({ entries: lines.length, broken: [] })
    expect(lines.length).toBeGreaterThanOrEqual(3)
    const forged = lines.map((line) => line.replace('user.created', 'user.deleted'))
    expect((await verify(forged)).broken).toHaveLength(1)
  })

  it('is for its owner and for operators of its market', async () => {
    const query = `?organisationId=${owner?.orgId}`
    expect((await clients.operator.get(`${url}${query}`)).body).toBe((await clients.owner.get(url)).body)
    expectProblem(await clients.elsewhere.get(`${url}${query}`), 'NOT_FOUND')
    expectProblem(await clients.owner.get(`${url}?organisationId=${stranger?.orgId}`), 'NOT_FOUND')
    expectProblem(await clients.owner.get(`${url}?organisationId=x`), 'VALIDATION_FAILED')
    expectProblem(await clients.member.get(url), 'FORBIDDEN')
    expectProblem(await harness.client.get(url), 'UNAUTHENTICATED')
  })
})

describe('where an entry comes from', () => {
  it('is the request and, for the own people alone, the network; both are part of what is sealed', async () => {
    const made = await clients.owner.post('/v1/me/password', {
      ...{ currentPassword: 'a meadow full of staples', newPassword: 'another meadow of staples' },
    })
    expect(made.statusCode, made.body).toBe(204)
    await sealEntries(harness.deps)
    const { rows } = await harness.database.pool.query(
      `select action, request_id, network from audit_entries where org_id = $1 and request_id is not null order by seq`,
      [idToUuid(owner?.orgId ?? ('' as never))],
    )
    expect(rows[0]).toEqual({
      ...{ action: 'user.password_changed', request_id: made.headers['x-request-id'], network: '127.0.0.0/24' },
    })
    expect(rows).toHaveLength(1)
    const [sealed] = (await clients.owner.get('/v1/audit-entries/export')).body
      .split('\n')
      .filter((line) => line.includes('user.password_changed'))
      .map((line) => JSON.parse(line))
    expect(hashOf(sealed, sealed)).toBe(sealed.hash)
    expect(hashOf({ ...sealed, network: '198.51.100.0/24' }, sealed)).not.toBe(sealed.hash)
  })

  it('has no network in the chain of another organisation, and is nothing outside of a request', async () => {
    const [mine, theirs] = [newId('organisation'), newId('organisation')]
    const origin = { requestId: 'request-1', ip: '203.0.113.7' }
    const seenBy = (orgId?: Id<'organisation'>) => withOrigin({ ...origin, orgId }, async () => originFor(mine))
    expect(await seenBy(mine)).toEqual({ requestId: 'request-1', network: '203.0.113.0/24' })
    expect(await seenBy(undefined)).toEqual({ requestId: 'request-1', network: '203.0.113.0/24' })
    expect(await seenBy(theirs)).toEqual({ requestId: 'request-1' })
    expect(originFor(mine)).toEqual({})
  })
})
