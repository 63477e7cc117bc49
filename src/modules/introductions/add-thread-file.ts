import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Vault } from '../../ports/vault.ts'
import { type ReceivedFile, type StoredAttachment, storeAttachment } from '../attachments/index.ts'
import { takeStep } from './take-step.ts'

type Input = { id: Id<'introduction'>; fileName: string; file: ReceivedFile }

/**
 * A party sends a file into the thread; a message then says what it is about. @throws NOT_FOUND, FORBIDDEN for operators,
 * TRANSITION_NOT_ALLOWED before both have accepted and after the end, and what storing refuses.
 */
export function addThreadFile(
  deps: { db: Db; clock: Clock; vault: Vault; files: FileStore },
  actor: Principal,
  { id, fileName, file }: Input,
): Promise<StoredAttachment> {
  return storeAttachment(deps, actor, {
    ...{ subject: id, tier: 'thread', fileName, file },
    authorise: async (tx) => {
      await takeStep(tx, actor, { id, now: deps.clock.now() })
    },
  })
}
