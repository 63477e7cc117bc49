import type { Principal } from '../../src/kernel/principal.ts'
import { exampleProposal } from '../../src/modules/framework-agreements/examples.ts'
import { examplePolicyBody } from '../../src/modules/policies/examples.ts'
import { examplePoolBody } from '../../src/modules/risk-sharing/examples.ts'
import { bySide, posted, type Scene } from './fixture-makers.ts'
import type { Fixture, Params } from './world.ts'

const isNear = ({ market }: Principal) => market === 'ningbo'
const deskOf = ({ world: { desk } }: Scene, by: Principal) => (isNear(by) ? desk.operator : desk.farOperator)

async function publishedPolicy(scene: Scene, by: Principal): Promise<Params> {
  const made = await draftPolicy(scene, by)
  const desk = await scene.harness.as(deskOf(scene, by))
  const answer = await desk.post(`/v1/policies/${made.id}/publish`)
  if (answer.statusCode !== 200) throw new Error(`the policy is not published: ${answer.body}`)
  return made
}

function draftPolicy(scene: Scene, by: Principal): Promise<Params> {
  const rules = { rule: { prefix: 'market', in: ['ningbo', 'jiangsu'] } }
  return posted('/v1/policies', { ...examplePolicyBody, rules, effectiveFrom: '2020-01-01' })(scene, deskOf(scene, by))
}

/** Kept by the desks near and far; a draft near. */
export async function policies(scene: Scene): Promise<Fixture> {
  const { owner } = scene.world.houses.enterprise
  const published = await bySide(publishedPolicy)(scene)
  return { ...published, hidden: await draftPolicy(scene, owner) }
}

/** Of the person's organisation, under a policy of its market. */
export async function policyRedemption(scene: Scene, by: Principal): Promise<Params> {
  const { id } = await publishedPolicy(scene, by)
  return posted(`/v1/policies/${id}/redemptions`, {})(scene, by)
}

const pool = (scene: Scene, by: Principal) => posted('/v1/risk-pools', examplePoolBody)(scene, deskOf(scene, by))

/** Kept by the desks near and far; there is no draft of a pool. */
export const riskPools = bySide(pool)

/** The enterprise of the side, enrolled by its desk. */
export const riskPoolMembers = bySide(async (scene, by) => {
  const { id = '' } = await pool(scene, by)
  await (await scene.harness.as(deskOf(scene, by))).put(`/v1/risk-pools/${id}/members/${by.orgId}`)
  return { id, organisationId: by.orgId }
})

/** Proposed by the bank of the side to its enterprise. */
export const frameworkAgreements = bySide(async (scene, by) => {
  const { owner, farOwner } = scene.world.houses.bank
  const proposal = { ...exampleProposal, enterpriseId: by.orgId }
  return posted('/v1/framework-agreements', proposal)(scene, isNear(by) ? owner : farOwner)
})
