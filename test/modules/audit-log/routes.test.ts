import { beforeAll, describe, expect, it } from 'vitest'
import { sealEntries } from '../../../src/audit/seal-entries.ts'
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
