import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { assertMayOwn, type ListingKind, type ListingKinds } from '../listings/index.ts'
import { sniffFormat } from './domain/file-format.ts'
import type { ImportMode } from './domain/import.ts'
import { importRequested } from './events.ts'
import { countOpenImports, type Import, insertImport, insertPiece } from './import-repo.ts'

/** A file that was received and lies on this machine until the request is answered. */
export type ReceivedFile = { path: string; sizeBytes: number; sha256: string }
export type StartImport = {
  file: ReceivedFile
  kind: ListingKind
  mode: ImportMode
  shouldSubmit: boolean
  fileName: string | undefined
}

type Deps = { db: Db; clock: Clock; listingKinds: ListingKinds }

const PIECE_BYTES = 524_288
/** Enough to tell text from anything else. */
const HEAD_BYTES = 4_096
/** Each holds a file in the database and a worker for a while. */
const MOST_OPEN = 5

/**
 * Takes a file in: what it is shows in its first bytes; whether its rows are good, the import says. @throws FORBIDDEN for a
 * kind that the organisation cannot own, UNSUPPORTED_MEDIA_TYPE for what is no table, TOO_MANY_IMPORTS.
 */
export async function startImport(deps: Deps, actor: Principal, input: StartImport): Promise<Import> {
  const { file, kind, mode, shouldSubmit, fileName } = input
  assertMayOwn(deps.listingKinds[kind], actor)
  const sniffed = sniffFormat(await headOf(file.path))
  if ('refused' in sniffed) throw new AppError('UNSUPPORTED_MEDIA_TYPE', sniffed.refused)
  const now = deps.clock.now()
  const started: Import = {
    ...{ id: newId('import'), orgId: actor.orgId, userId: actor.userId, kind, mode, shouldSubmit },
    ...{ fileName: fileName ?? null, format: sniffed.format, sizeBytes: file.sizeBytes, sha256: file.sha256 },
    ...{ state: 'queued', encoding: null, headers: [], sheets: [], totalRows: null, processedRows: 0 },
    ...{ createdRows: 0, updatedRows: 0, unchangedRows: 0, failedRows: 0, failureCode: null, failureMessage: null },
    ...{ createdAt: now, startedAt: null, endedAt: null, updatedAt: now },
  }
  await withTx(deps.db, async (tx) => {
    if ((await countOpenImports(tx, actor.orgId)) >= MOST_OPEN) {
      throw new AppError(
        'TOO_MANY_IMPORTS',
        `Your organisation has ${MOST_OPEN} imports that have not ended; wait for one.`,
      )
    }
    await insertImport(tx, started)
    let number = 0
    for await (const bytes of createReadStream(file.path, { highWaterMark: PIECE_BYTES })) {
      await insertPiece(tx, { importId: started.id, number, bytes: bytes as Buffer })
      number += 1
    }
    await appendEvents(tx, [importRequested({ importId: started.id, userId: actor.userId }, now)])
  })
  return started
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
