import { withTx } from '../../src/db/tx.ts'
import { type Id, idToUuid, newId, uuidToId } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { checkListings } from '../../src/modules/duplicates/check-listings.ts'
import { decideJoint } from '../../src/modules/joint-demands/decide-joint.ts'
import { insertJoint } from '../../src/modules/joint-demands/joint-repo.ts'
import { bySide, type Scene } from './fixture-makers.ts'
import { givenTalk } from './talk-fixtures.ts'
import type { Params } from './world.ts'

/** Sends a small file and answers with its id. */
async function sent({ harness }: Scene, by: Principal, path: string, query: Record<string, string>): Promise<string> {
  const options = { query: { fileName: '说明.txt', ...query }, headers: { 'content-type': 'text/plain' } }
  const answer = await (await harness.as(by)).post(path, Buffer.from('压铸'), options)
  if (answer.statusCode !== 201) throw new Error(`POST ${path} answered ${answer.body}`)
  return answer.json().id
}

/** A file that everybody may fetch, of a published demand. */
export const publicFile = bySide(async (scene, by): Promise<Params> => {
  const { listing } = await scene.harness.given.published(demandKind, { by })
  return { id: await sent(scene, by, `/v1/demands/${listing.id}/attachments`, { tier: 'public' }) }
})

/** A file of a talk. */
export const threadFile = bySide(async (scene, by): Promise<Params> => {
  const { introduction } = await givenTalk(scene, by)
  const path = `/v1/introductions/${introduction.id}/attachments`
  return { id: introduction.id, attachmentId: await sent(scene, by, path, {}) }
})

/** Two demands of a house with the same words. */
export const duplicatePair = bySide(async ({ harness }, by): Promise<Params> => {
  const { deps, given } = harness
  const text = {
    title: `同一项需求${by.market}`,
    problem: `壳体减重与强度同时达标，${by.market}，月产两万件，须兼顾气密性。`,
  }
  const pair = [await given.published(demandKind, { by, ...text }), await given.published(demandKind, { by, ...text })]
  await checkListings(deps)
  const ids = pair.map(({ listing }) => idToUuid(listing.id)).sort()
  const { rows } = await harness.database.pool.query('select id from duplicate_candidates where first_id = $1', [
    ids[0],
  ])
  return { id: uuidToId('duplicateCandidate', rows[0].id) }
})

/** A joint demand that a house was invited to, with another one that nobody of the matrix belongs to. */
export const invitedJoint = bySide(async ({ harness, world }, by): Promise<Params> => {
  const { deps, given } = harness
  const own = (await given.published(demandKind, { by })).listing
  const other = (await given.published(demandKind, { by: await given.organisation({ market: by.market }) })).listing
  const operator = by.market === 'ningbo' ? world.desk.operator : world.desk.farOperator
  const id = newId('jointDemand')
  const now = harness.clock.now()
  const joint = {
    id,
    market: by.market,
    title: own.content.title,
    state: 'proposed' as const,
    demandId: null,
    createdAt: now,
  }
  const open = { decidedBy: null, decidedAt: null, answerBy: null, endedAt: null }
  const members = [own, other].map((demand) => ({
    ...{ jointId: id, demandId: demand.id as Id<'demand'>, orgId: demand.orgId, budgetFen: null, shareBp: 5_000 },
    ...{ answer: null, answeredBy: null, answeredAt: null },
  }))
  await withTx(deps.db, (tx) => insertJoint(tx, { ...joint, ...open }, members))
  await decideJoint(deps, operator, { id, decision: 'accept' })
  return { id }
})
