import type { Tx } from '../../db/tx.ts'
import type { Listing } from '../listings/index.ts'
import { changeSubject, lockSubject } from './attachment-repo.ts'

/**
 * The files of a listing that was merged go to the one that took it in, and say where they came from; who may fetch them follows
 * from their tier and the new listing. Only between listings of one owner: what somebody confided to some is not for those whom
 * another let in. The limit of files of a listing does not hold here. @returns how many.
 */
export async function moveAttachments(tx: Tx, { from, to }: { from: Listing; to: Listing }): Promise<number> {
  if (from.orgId !== to.orgId) return 0
  await lockSubject(tx, to.id)
  return changeSubject(tx, { from: from.id, to: to.id })
}
