import type { Db } from '../../db/client.ts'
import { afterCommit, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import { importEnded } from './events.ts'
import { deleteChunks } from './import-chunk-repo.ts'
import { deletePieces, type Import, lockImport, updateImport } from './import-repo.ts'
import { importTopic } from './import-stream.ts'

/** Stops an import between two chunks; what it has done stays. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED when it has ended. */
export async function cancelImport(
  { db, clock, live }: { db: Db; clock: Clock; live: LiveChannel },
  actor: Principal,
  { id }: { id: Id<'import'> },
): Promise<Import> {
  return withTx(db, async (tx) => {
    const started = await lockImport(tx, id)
    if (started === undefined || started.orgId !== actor.orgId) throw notFound('import')
    if (started.endedAt !== null) throw new AppError('TRANSITION_NOT_ALLOWED', 'The import has ended already.')
    const now = clock.now()
    const values = { state: 'cancelled', endedAt: now, updatedAt: now } as const
    await updateImport(tx, id, values)
    await deletePieces(tx, id)
    await deleteChunks(tx, id)
    afterCommit(tx, () => live.nudge([importTopic(id)]))
    await appendEvents(tx, [importEnded({ importId: id, userId: started.userId }, now)])
    return { ...started, ...values }
  })
}
