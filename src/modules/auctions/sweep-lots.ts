import type { Db } from '../../db/client.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { closeLot } from './close-lot.ts'
import { listDueLots, openDueLots } from './lot-repo.ts'

/** More than a season's busiest minute; what is left over is due in the sweep five seconds later. */
const limit = 500

/**
 * Opens and closes what is due. Several sweepers may run at once: each lot is closed under its own lock, once. A lot that
 * cannot be closed holds nobody else up; the sweep fails at its end, so that the failure is seen.
 */
export async function sweepLots(deps: { db: Db; vault: Vault; live: LiveChannel }): Promise<undefined> {
  await openDueLots(deps.db)
  const failures: unknown[] = []
  for (const lotId of await listDueLots(deps.db, limit)) {
    await closeLot(deps, { lotId }).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} lots could not be closed`)
}
