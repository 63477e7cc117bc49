import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { checkListings } from '../../../src/modules/duplicates/check-listings.ts'
import { proposeJoints } from '../../../src/modules/joint-demands/propose-joints.ts'
import { settleOverdue } from '../../../src/modules/joint-demands/settle-joint.ts'
import { useHarness } from '../../support/harness.ts'
import type { HttpClient } from '../../support/http.ts'

const harness = useHarness()
const problem =
  '双电机壳体压铸件气孔率高、冷却流道换热不足，气密性泄漏量须降到每分钟五毫升以下，同时减重百分之十五以上。'
let operator: HttpClient
let owners: Principal[]
let members: HttpClient[]
let id: string

beforeEach(async () => {
  await harness.reset()
  await harness.given.market({ publishOnSubmit: true })
  operator = await harness.as(await harness.given.operator())
  owners = []
  for (const [index, budgetMaxFen] of [100_000_000, 300_000_000, 100_000_000].entries()) {
    const { owner } = await harness.given.publishedDemand({
      ...{
        title: `电机壳体压铸减重需求${index}`,
        problem: `${problem}产线${index}。`,
        budgetMinFen: 50_000_000,
        budgetMaxFen,
      },
      ...{ keywords: [`词${index}`], description: undefined },
    })
    owners.push(owner)
  }
  await harness.given.publishedDemand({ title: '土壤修复菌剂需求', problem: '重金属污染农田的微生物修复。' })
  members = []
  for (const owner of owners) members.push(await harness.as(owner))
  await checkListings(harness.deps)
  await proposeJoints(harness.deps)
  id = (await operator.get('/v1/joint-demands')).json().data[0]?.id
})

const read = async (client: HttpClient) => (await client.get(`/v1/joint-demands/${id}`)).json()
const decide = (decision: string, client = operator) => client.post(`/v1/joint-demands/${id}/decision`, { decision })
const answer = (member: number, given: string) =>
  members[member]?.post(`/v1/joint-demands/${id}/answer`, { answer: given })
const noticesOf = async (member: number) =>
  (await members[member]?.get('/v1/notifications'))?.json().data.map(({ kind }: { kind: string }) => kind)

describe('a joint demand', () => {
  it('is proposed once for demands of several organisations that want nearly the same, with a draft of the cost split', async () => {
    await proposeJoints(harness.deps)
    const { data } = (await operator.get('/v1/joint-demands')).json()
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({ state: 'proposed', memberCount: 3 })
    expect(data[0].members.map(({ shareBasisPoints }: { shareBasisPoints: number }) => shareBasisPoints)).toEqual([
      2_000, 6_000, 2_000,
    ])
    expect((await members[0]?.get('/v1/joint-demands'))?.json().data).toEqual([])
    expect((await members[0]?.get(`/v1/joint-demands/${id}`))?.statusCode).toBe(404)
  })

  it('becomes a draft of the member that bears most, once all have answered and two have agreed', async () => {
    expect((await decide('accept')).json()).toMatchObject({ state: 'inviting', answerBy: expect.any(String) })
    await harness.drain()
    expect(await noticesOf(0)).toContain('joint_demand.invited')
    expect(await read(members[0] as HttpClient)).toMatchObject({
      memberCount: 3,
      members: [{ shareBasisPoints: 2_000 }],
    })
    await answer(0, 'agreed')
    await answer(1, 'agreed')
    expect((await read(members[0] as HttpClient)).members).toHaveLength(2)
    const last = await answer(2, 'declined')
    expect(last?.json()).toMatchObject({ state: 'opened' })
    const { demandId, members: shown } = await read(operator)
    expect(
      shown.map(({ shareBasisPoints, answer: given }: Record<string, unknown>) => [given, shareBasisPoints]),
    ).toEqual([
      ['agreed', 2_500],
      ['agreed', 7_500],
      ['declined', 2_000],
    ])
    const draft = (await members[1]?.get(`/v1/demands/${demandId}`))?.json()
    expect(draft).toMatchObject({
      ...{ state: 'draft', isCommonDemand: true, budgetKind: 'challenge', budgetMinFen: 100_000_000 },
      ...{ budgetMaxFen: 400_000_000, keywords: ['词1', '词0'], title: '电机壳体压铸减重需求1（联合攻关）' },
    })
    expect((await members[1]?.post(`/v1/demands/${demandId}/submit`))?.statusCode).toBe(200)
    await harness.drain()
    expect(await noticesOf(0)).toContain('joint_demand.opened')
    expect(await noticesOf(2)).not.toContain('joint_demand.opened')
    expect((await answer(0, 'declined'))?.json().code).toBe('TRANSITION_NOT_ALLOWED')
  })

  it('is dropped when the time is up and fewer than two have agreed', async () => {
    await decide('accept')
    await answer(0, 'agreed')
    await settleOverdue(harness.deps)
    expect(await read(operator)).toMatchObject({ state: 'inviting' })
    harness.clock.advance('14d')
    harness.clock.advance('1s')
    await settleOverdue(harness.deps)
    // Their sessions have ended, too.
    members = [await harness.as(owners[0] as Principal)]
    expect(await read(members[0] as HttpClient)).toMatchObject({ state: 'dropped' })
    await harness.drain()
    expect(await noticesOf(0)).toContain('joint_demand.dropped')
  })

  it('is dismissed by the operator, and is nobody else’s to decide or answer', async () => {
    expect((await decide('accept', members[0])).statusCode).toBe(403)
    const outsider = await harness.as(await harness.given.organisation())
    expect((await answer(0, 'agreed'))?.statusCode).toBe(404)
    expect((await decide('dismiss')).json()).toMatchObject({ state: 'dismissed' })
    expect((await decide('accept')).json().code).toBe('TRANSITION_NOT_ALLOWED')
    expect((await outsider.get(`/v1/joint-demands/${id}`)).statusCode).toBe(404)
    expect((await operator.post(`/v1/joint-demands/${id}/decision`, { decision: 'later' })).statusCode).toBe(400)
  })
})
