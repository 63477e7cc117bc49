import type { Tx } from '../../db/tx.ts'
import { callLine } from './call-line.ts'
import { type Delivery, insertDeliveries, type NewDeliveries } from './delivery-repo.ts'
import { lockEndpoints } from './endpoint-repo.ts'
import { listEmptyLines } from './line-repo.ts'

/**
 * Rows and the calls to their lines together, so that neither exists without the other. Only an empty line is called: of another
 * somebody takes care already (see `callLine`), and a burst of 2,000 messages would be 2,000 looks that find no room. The lock
 * keeps a line from running empty in between.
 */
export async function planDeliveries(tx: Tx, deliveries: NewDeliveries): Promise<Delivery[]> {
  const { endpointIds, now } = deliveries
  if (endpointIds.length === 0) return []
  await lockEndpoints(tx, endpointIds)
  const empty = await listEmptyLines(tx, endpointIds, now)
  const made = await insertDeliveries(tx, deliveries)
  await callLine(
    tx,
    made.map(({ endpointId }) => endpointId).filter((id) => empty.includes(id)),
    { now },
  )
  return made
}
