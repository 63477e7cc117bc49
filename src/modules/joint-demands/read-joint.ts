import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findOrganisations } from '../identity/index.ts'
import { marketTree } from '../markets/index.ts'
import type { JointState } from './domain/joint-demand.ts'
import { getJoint, type Joint, type JointMember, listJointsOf, listMembersOf } from './joint-repo.ts'

export type JointView = {
  joint: Joint
  /** How many were invited, also those that the viewer does not see. */
  memberCount: number
  members: { member: JointMember; organisation: { id: Id<'organisation'>; name: string } | undefined }[]
}

/** @throws NOT_FOUND for whoever neither runs the market nor was invited. */
export async function readJoint({ db }: { db: Db }, actor: Principal, id: Id<'jointDemand'>): Promise<JointView> {
  const joint = await getJoint(db, id)
  const [view] = await viewsOf(db, actor, [joint])
  if (view) return view
  throw notFound('joint demand')
}

export async function listJoints(
  { db }: { db: Db },
  actor: Principal,
  input: { state: JointState | undefined; page: PageRequest },
): Promise<PageOf<JointView>> {
  const { items, next } = await listJointsOf(db, { markets: await marketsOf(db, actor), orgId: actor.orgId }, input)
  return { items: await viewsOf(db, actor, items), ...(next && { next }) }
}

function marketsOf(db: Db, { role, market }: Principal): Promise<string[]> {
  return role === 'operator' ? marketTree(db, market) : Promise.resolve([])
}

/**
 * Who else wants the same is a matter between competitors: operators see all, a member sees itself, and from its own yes on
 * the others who have agreed.
 */
async function viewsOf(db: Db, actor: Principal, joints: readonly Joint[]): Promise<JointView[]> {
  const markets = await marketsOf(db, actor)
  const members = await listMembersOf(
    db,
    joints.map(({ id }) => id),
  )
  const organisations = await findOrganisations(db, [...new Set(members.map(({ orgId }) => orgId))])
  return joints.flatMap((joint) => {
    const all = members.filter(({ jointId }) => jointId === joint.id)
    const own = joint.answerBy === null ? undefined : all.find(({ orgId }) => orgId === actor.orgId)
    const runs = markets.includes(joint.market)
    if (!runs && own === undefined) return []
    const hasAgreed = own?.answer === 'agreed'
    const shown = all.filter((member) => runs || member === own || (hasAgreed && member.answer === 'agreed'))
    const named = shown.map((member) => ({ member, organisation: organisations.get(member.orgId) }))
    return [{ joint, memberCount: all.length, members: named }]
  })
}
