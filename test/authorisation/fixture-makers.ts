import { newId, uuidToId } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { openDeal } from '../../src/modules/deals/index.ts'
import { deleteListing } from '../../src/modules/listings/delete-listing.ts'
import type { ListingKindDefinition } from '../../src/modules/listings/index.ts'
import { ensureShippedModel } from '../../src/modules/matching/ensure-shipped-model.ts'
import { tellUsers } from '../../src/modules/notifications/tell-users.ts'
import { openItems } from '../../src/modules/review/open-items.ts'
import { givenMatches } from '../modules/review/given-items.ts'
import { givenIntroduction } from '../support/given-introduction.ts'
import type { Harness } from '../support/harness.ts'
import type { Fixture, House, Params, World } from './world.ts'

export type Scene = { harness: Harness; world: World }
/** Makes one object of the person's organisation, in the person's market. */
type Make = (scene: Scene, by: Principal) => Promise<Params>

/** The same object twice: of the near house and of the far one. */
export const bySide =
  (make: Make, house: House = 'enterprise') =>
  async (scene: Scene): Promise<Fixture> => {
    const { owner, farOwner } = scene.world.houses[house]
    return { house, near: await make(scene, owner), far: await make(scene, farOwner) }
  }

/** A published listing near and far, a draft and a deleted one near. */
export const listings =
  (definition: ListingKindDefinition, house: House = 'enterprise') =>
  async (scene: Scene): Promise<Fixture> => {
    const { given, deps } = scene.harness
    const { owner } = scene.world.houses[house]
    const published = bySide(
      async (_scene, by) => ({ id: (await given.published(definition, { by })).listing.id }),
      house,
    )
    const [hidden, gone] = [await given.draft(definition, { by: owner }), await given.draft(definition, { by: owner })]
    await deleteListing(deps, owner, { definition, id: gone.listing.id })
    return { ...(await published(scene)), hidden: { id: hidden.listing.id }, gone: { id: gone.listing.id } }
  }

/** What a POST makes. */
export const posted =
  (path: string, body: Record<string, unknown>): Make =>
  async ({ harness }, by) => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const answer = await (await harness.as(by)).post(path, body, { headers })
    if (answer.statusCode !== 201) throw new Error(`POST ${path} answered ${answer.body}`)
    return { id: answer.json().id }
  }

export const session: Make = ({ harness }, by) => firstOf(harness, by, '/v1/me/sessions', 'id')

export const qualification: Make = async (scene, by) => {
  const path = `/v1/organisations/${by.orgId}/qualifications`
  const certificate = { certificateNo: 'GR202633100001', validFrom: '2024-03-02', validTo: '2027-03-02' }
  const body = { type: 'high_tech_enterprise', issuer: '宁波市科学技术局', ...certificate }
  const { id = '' } = await posted(path, body)(scene, by)
  return { id: by.orgId, qualificationId: id }
}

export const evidence: Make = async (scene, by) => {
  const body = { field: 'revenueFen', value: 3_200_000_000, asOf: '2025-12-31', source: '2025年度审计报告' }
  const { id = '' } = await posted(`/v1/organisations/${by.orgId}/evidence`, body)(scene, by)
  return { id: by.orgId, evidenceId: id }
}

/** A listing, and a grant that it never gave. */
export const ungranted =
  (definition: ListingKindDefinition): Make =>
  async ({ harness }, by) => ({
    id: (await harness.given.published(definition, { by })).listing.id,
    grantId: newId('disclosureGrant'),
  })

/** A match of the person's demand with a supply of the university of that market. */
export const match: Make = async ({ harness, world }, by) => {
  const { given, deps, clock } = harness
  const university = by.market === 'ningbo' ? world.partners.near : world.partners.far
  const { listing: demand } = await given.publishedDemand({ by })
  const { listing: supply } = await given.publishedSupply({ by: university })
  const [id = ''] = await givenMatches({ deps, clock }, [{ demand, supply }])
  return { id }
}

export const reviewItem: Make = async (scene, by) => {
  const { id: matchId } = await match(scene, by)
  await openItems(scene.harness.deps, { matchIds: [matchId as never] })
  const { rows } = await scene.harness.database.pool.query(
    'select id from review_items order by created_at desc, id desc',
  )
  return { id: uuidToId('reviewItem', rows[0].id) }
}

/** Both sides are asked: the person's organisation and the university of that market. */
export const introduction: Make = async ({ harness, world }, by) => {
  const isNear = by.market === 'ningbo'
  const broker = isNear ? world.desk.broker : world.desk.farBroker
  const university = isNear ? world.partners.near : world.partners.far
  const made = await givenIntroduction(harness, { demand: { by }, supply: { by: university }, broker })
  return { id: made.introduction.id }
}

/** Between the person's organisation and the university of that market, brokered by that market's broker. */
export const deal: Make = async ({ harness, world }, by) => {
  const isNear = by.market === 'ningbo'
  const { orgId: providerOrgId } = isNear ? world.partners.near : world.partners.far
  const { userId } = isNear ? world.desk.broker : world.desk.farBroker
  const { deal: made } = await openDeal(harness.deps, {
    ...{ source: { kind: 'direct' }, market: by.market, title: '压铸专利许可' },
    ...{ providerOrgId, acquirerOrgId: by.orgId, brokers: [{ userId, shareBp: 10_000 }] },
  })
  return { id: made.id }
}

export const notification: Make = async ({ harness }, by) => {
  const { orgId, userId } = by
  const notice = {
    kind: 'organisation.verified',
    orgId,
    userIds: [userId],
    subjectId: orgId,
    params: { organisationName: '示范机构' },
  } as const
  await tellUsers(harness.deps, notice)
  return firstOf(harness, by, '/v1/notifications', 'id')
}

export async function scoreModel({ harness, world }: Scene): Promise<Fixture> {
  await ensureShippedModel(harness.deps)
  return { near: await firstOf(harness, world.desk.operator, '/v1/score-models', 'version') }
}

export async function storedMail({ harness, world }: Scene): Promise<Fixture> {
  const mail = { to: 'somebody@example.com', subject: '测试', text: '正文', html: '<p>正文</p>', headers: {} }
  await harness.deps.mailer.send({ id: newId('mailDelivery'), ...mail })
  return { near: await firstOf(harness, world.desk.operator, '/v1/stored-mails', 'id') }
}

async function firstOf(harness: Harness, by: Principal, path: string, key: string): Promise<Params> {
  const answer = await (await harness.as(by)).get(path)
  if (answer.statusCode !== 200) throw new Error(`GET ${path} answered ${answer.body}`)
  return { [key]: answer.json().data[0][key] }
}

/** An introduction in which nobody may read yet, and a grant that does not exist. */
export const unopened: Make = async (scene, by) => ({
  ...(await introduction(scene, by)),
  grantId: newId('disclosureGrant'),
})
