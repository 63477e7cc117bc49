import type { Tx } from '../../db/tx.ts'
import { grantDisclosure } from '../listings/index.ts'
import type { Introduction } from './introduction-repo.ts'

/** Whoever mediates has to know what it is about; each reading is on record. */
export async function openToBroker(tx: Tx, introduction: Introduction, now: Date): Promise<void> {
  const { id: ground, demandId, demandOrgId, supplyId, supplyOrgId, brokerId } = introduction
  const to = { userId: brokerId }
  await grantDisclosure(tx, { listing: { id: demandId, orgId: demandOrgId }, to, ground, now })
  await grantDisclosure(tx, { listing: { id: supplyId, orgId: supplyOrgId }, to, ground, now })
}
