import type { Db } from '../../db/client.ts'
import { isDataError } from '../../db/errors.ts'
import { afterCommit, type Tx, withTx } from '../../db/tx.ts'
import { FileRefused } from '../../files/file-refused.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { findActor } from '../identity/index.ts'
import type { ListingKinds } from '../listings/index.ts'
import { applyRows } from './apply-rows.ts'
import type { RowStatus } from './domain/import.ts'
import { importEnded } from './events.ts'
import { type Import, lockOpenImport, updateImport } from './import-repo.ts'
import { type ImportRow, nextImportRows, updateImportRows } from './import-row-repo.ts'
import { importTopic } from './import-stream.ts'
import { storeRows } from './store-rows.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; live: LiveChannel; listingKinds: ListingKinds }

/** Rows of a transaction: a quarter of a second of locks at most, and what a killed worker does again. */
const CHUNK_SIZE = 500

/**
 * Carries an import to its end, from wherever it is. Each step is one transaction that holds the import's row: what the
 * rows did, their outcomes and the position are stored together, so a worker may be killed at any moment and another goes on
 * behind the last complete chunk. A second run beside this one finds the row held and leaves.
 */
export async function runImport(deps: Deps, { importId }: { importId: Id<'import'> }): Promise<undefined> {
  while (await advance(deps, importId));
}

async function advance(deps: Deps, id: Id<'import'>, size = CHUNK_SIZE): Promise<boolean> {
  try {
    const options = { shouldRetryUniqueViolation: true }
    return await withTx(deps.db, (tx) => step({ ...deps, db: tx }, id, size), options)
  } catch (error) {
    if (error instanceof FileRefused) {
      await withTx(deps.db, (tx) => refuse({ ...deps, db: tx }, id, error))
      return false
    }
    if (!isDataError(error)) throw error
    // A row that the rules let pass and the database does not: the others of its chunk must not suffer for it.
    if (size > 1) return advance(deps, id, 1)
    if (await withTx(deps.db, (tx) => giveUpRow({ ...deps, db: tx }, id))) return true
    throw error
  }
}

/** @returns whether more is to do. */
async function step(deps: Deps, id: Id<'import'>, size: number): Promise<boolean> {
  const { db: tx, clock } = deps
  const started = await lockOpenImport(tx, id)
  if (started === undefined) return false
  afterCommit(tx, () => deps.live.nudge([importTopic(id)]))
  if (started.totalRows === null) {
    await storeRows({ tx, vault: deps.vault }, started, clock.now())
    return true
  }
  const actor = await findActor(tx, started.userId)
  if (actor === undefined) throw new FileRefused('ACTOR_GONE', 'Whoever sent the file may not act any more.')
  const rows = await nextImportRows(tx, id, { after: started.processedRows, limit: size })
  if (rows.length === 0) {
    await end(deps, started, { state: 'finished' })
    return false
  }
  await applyChunk(deps, actor, { started, rows })
  return true
}

async function applyChunk(
  deps: Deps,
  actor: Principal,
  chunk: { started: Import; rows: readonly ImportRow[] },
): Promise<void> {
  await countRows(deps, chunk.started, await applyRows(deps, actor, chunk))
}

/** @returns whether there was a row to give up. */
async function giveUpRow(deps: Deps, id: Id<'import'>): Promise<boolean> {
  const started = await lockOpenImport(deps.db, id)
  if (started === undefined) return false
  const rows = await nextImportRows(deps.db, id, { after: started.processedRows, limit: 1 })
  const message = 'could not be stored; ask the operator and name this import'
  const done = rows.map((row) => ({ ...row, status: 'failed' as const, errors: [{ code: 'internal', message }] }))
  await updateImportRows(deps.db, done)
  await countRows(deps, started, done)
  return done.length > 0
}

/** The position moves in the transaction of what the rows did. */
async function countRows({ db: tx, clock }: Deps, started: Import, done: readonly ImportRow[]): Promise<void> {
  const count = (status: RowStatus) => done.filter((row) => row.status === status).length
  const { id, processedRows, createdRows, updatedRows, unchangedRows, failedRows } = started
  await updateImport(tx, id, {
    processedRows: processedRows + done.length,
    createdRows: createdRows + count('created'),
    updatedRows: updatedRows + count('updated'),
    unchangedRows: unchangedRows + count('unchanged'),
    failedRows: failedRows + count('failed'),
    updatedAt: clock.now(),
  })
}

async function refuse(deps: Deps, id: Id<'import'>, { code, message }: FileRefused): Promise<void> {
  const started = await lockOpenImport(deps.db, id)
  afterCommit(deps.db, () => deps.live.nudge([importTopic(id)]))
  if (started) await end(deps, started, { state: 'failed', failureCode: code, failureMessage: message.slice(0, 500) })
}

async function end(
  { db: tx, clock }: { db: Tx; clock: Clock },
  started: Import,
  values: Partial<Import>,
): Promise<void> {
  const now = clock.now()
  await updateImport(tx, started.id, { ...values, startedAt: started.startedAt ?? now, endedAt: now, updatedAt: now })
  await appendEvents(tx, [importEnded({ importId: started.id, userId: started.userId }, now)])
}
