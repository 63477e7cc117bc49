import { withTx } from '../../src/db/tx.ts'
import { addDays } from '../../src/kernel/clock.ts'
import { idSchema } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { insertMessage } from '../../src/modules/introductions/message-repo.ts'
import { supplyKind } from '../../src/modules/supplies/index.ts'
import { givenAcceptedIntroduction } from '../support/given-introduction.ts'
import { bySide, posted, type Scene } from './fixture-makers.ts'
import type { Fixture, Params, World } from './world.ts'

/** The message that the example of the read mark names. */
const exampleMessageId = idSchema('introductionMessage').parse('msg_01k9w3ynwzf5yr8t6x2m4q7c2b')

function deskOf({ desk, partners }: World, { market }: Principal) {
  const isNear = market === 'ningbo'
  return isNear
    ? { broker: desk.broker, university: partners.near }
    : { broker: desk.farBroker, university: partners.far }
}

/** A file that was received and that nobody has read yet. */
export const importedFile = bySide(async ({ harness }, by): Promise<Params> => {
  const options = { query: { kind: 'demand', mode: 'upsert' }, headers: { 'content-type': 'text/csv' } }
  const answer = await (await harness.as(by)).post('/v1/imports', Buffer.from('名称\n压铸\n'), options)
  if (answer.statusCode !== 202) throw new Error(`POST /v1/imports answered ${answer.body}`)
  return { id: answer.json().id }
})

export async function brokerProfile({ world: { desk } }: Scene): Promise<Fixture> {
  return { near: { id: desk.broker.userId }, far: { id: desk.farBroker.userId } }
}

/** Each broker keeps away from an organisation of which the matrix has nothing else. */
export async function declaredConflict(scene: Scene): Promise<Fixture> {
  const { desk, houses } = scene.world
  const declared = async (broker: Principal, { orgId: organisationId }: Principal): Promise<Params> => {
    const answer = await (await scene.harness.as(broker)).post('/v1/brokers/me/conflicts', {
      organisationId,
      reason: 'former_employer',
    })
    if (answer.statusCode !== 201) throw new Error(`POST /v1/brokers/me/conflicts answered ${answer.body}`)
    return { organisationId }
  }
  return {
    near: await declared(desk.broker, houses.bank.neighbour),
    far: await declared(desk.farBroker, houses.bank.farOwner),
  }
}

/** A talk between the person's organisation, which asks, and the university of its market. */
export const givenTalk = ({ harness, world }: Scene, by: Principal) => {
  const { broker, university } = deskOf(world, by)
  return givenAcceptedIntroduction(harness, { demand: { by }, supply: { by: university }, broker })
}

/** A talk near, in which the example's message stands; an id stands in one talk only. */
export async function readableTalk(scene: Scene): Promise<Fixture> {
  const { introduction, supply } = await givenTalk(scene, scene.world.houses.enterprise.owner)
  const { deps, clock } = scene.harness
  await withTx(deps.db, (tx) =>
    insertMessage(tx, {
      ...{ id: exampleMessageId, introductionId: introduction.id, author: 'supply', userId: supply.owner.userId },
      ...{ box: Buffer.from('sealed'), createdAt: clock.now() },
    }),
  )
  return { near: { id: introduction.id } }
}

/** Proposed by the university, so that everybody else of the talk may answer. */
export const meeting = bySide(async (scene, by): Promise<Params> => {
  const { introduction, supply } = await givenTalk(scene, by)
  const path = `/v1/introductions/${introduction.id}/meetings`
  const body = { starts: [addDays(scene.harness.clock.now(), 7).toISOString()], minutes: 60, mode: 'online' }
  const answer = await (await scene.harness.as(supply.owner)).post(path, body)
  if (answer.statusCode !== 201) throw new Error(`POST ${path} answered ${answer.body}`)
  return { id: introduction.id, meetingId: answer.json().data[0].id }
})

/** Supplies of the universities: who asks for a price is not the seller. What has gone is a draft of theirs. */
export async function supplyOfPartner({ harness: { given }, world: { partners } }: Scene): Promise<Fixture> {
  const [near, far] = [
    await given.published(supplyKind, { by: partners.near }),
    await given.published(supplyKind, { by: partners.far }),
  ]
  const draft = await given.draft(supplyKind, { by: partners.near })
  return { near: { id: near.listing.id }, far: { id: far.listing.id }, gone: { id: draft.listing.id } }
}

/** The person's organisation asks the university of its market. */
export const enquiry = bySide(async (scene, by): Promise<Params> => {
  const { university } = deskOf(scene.world, by)
  const { listing } = await scene.harness.given.published(supplyKind, { by: university })
  return posted(`/v1/supplies/${listing.id}/enquiries`, { message: '请报普通许可价格。' })(scene, by)
})
