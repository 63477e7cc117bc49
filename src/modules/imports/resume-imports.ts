import type { Db } from '../../db/client.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import type { ListingKinds } from '../listings/index.ts'
import { deleteImportsBefore, listOverdueImports } from './import-repo.ts'
import { runImport } from './run-import.ts'

/** A chunk takes a second at most, the reading of a file some ten. */
const OVERDUE_MS = 120_000
/** How long rows and errors of an import can be looked at. */
const KEPT_DAYS = 90

type Deps = { db: Db; clock: Clock; vault: Vault; live: LiveChannel; listingKinds: ListingKinds }

/**
 * Goes on with imports whose job was lost: its attempts were spent, or the queue itself. One that fails again does not keep
 * the others waiting. @throws AggregateError of what failed
 */
export async function resumeImports(deps: Deps): Promise<undefined> {
  const since = new Date(deps.clock.now().getTime() - OVERDUE_MS)
  const failures: unknown[] = []
  for (const importId of await listOverdueImports(deps.db, since)) {
    await runImport(deps, { importId }).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} imports failed again`)
}

export async function purgeImports({ db, clock }: { db: Db; clock: Clock }): Promise<undefined> {
  await deleteImportsBefore(db, addDays(clock.now(), -KEPT_DAYS))
}
