import type { Db } from '../../db/client.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getOrganisation, type Organisation } from '../identity/index.ts'
import { marketAncestors } from '../markets/index.ts'

export type Subject = { organisation: Organisation; isOwn: boolean }

/**
 * An organisation whose evidence the actor may see: its own people, and operators of its market or of one above it. Banks see
 * what an application shows them, not this. @throws NOT_FOUND for everybody else.
 */
export async function readSubject(db: Db, actor: Principal, id: Id<'organisation'>): Promise<Subject> {
  const organisation = await getOrganisation(db, id)
  if (organisation.id === actor.orgId) return { organisation, isOwn: true }
  const isOperator =
    actor.role === 'operator' && (await marketAncestors(db, organisation.market)).includes(actor.market)
  if (!isOperator) throw notFound('organisation')
  return { organisation, isOwn: false }
}

/** @throws FORBIDDEN for an operator that would speak for somebody else. */
export function assertOwn({ isOwn }: Subject): void {
  if (!isOwn) throw new AppError('FORBIDDEN', 'Only the organisation itself declares or removes its evidence.')
}
