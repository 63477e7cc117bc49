import type { Db } from '../../db/client.ts'
import { isDataError } from '../../db/errors.ts'
import { afterCommit, type Tx, withTx } from '../../db/tx.ts'
import { FileRefused } from '../../files/file-refused.ts'
import { impossible } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { findActor } from '../identity/index.ts'
import type { ListingKinds } from '../listings/index.ts'
import { applyRows } from './apply-rows.ts'
import { type ChunkReader, chunkReader, type OpenedRow } from './chunk-reader.ts'
import type { RowOutcome, RowStatus } from './domain/import.ts'
import { importEnded } from './events.ts'
import { deleteChunks } from './import-chunk-repo.ts'
import { type Import, lockOpenImport, updateImport } from './import-repo.ts'
import { insertImportRows, type NewImportRow } from './import-row-repo.ts'
import { importTopic } from './import-stream.ts'
import { sealCells } from './row-boxes.ts'
import { storeRows } from './store-rows.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; live: LiveChannel; listingKinds: ListingKinds }
type Run = Deps & { readChunk: ChunkReader }

/**
 * Carries an import to its end, from wherever it is. Each step is one transaction that holds the import's row: what the
 * rows did, their outcomes and the position are stored together, so a worker may be killed at any moment and another goes on
 * behind the last complete chunk. A second run beside this one finds the row held and leaves.
 */
export async function runImport(deps: Deps, { importId }: { importId: Id<'import'> }): Promise<undefined> {
  const run = { ...deps, readChunk: chunkReader(deps) }
  while (await advance(run, importId));
}

async function advance(deps: Run, id: Id<'import'>, size = Infinity): Promise<boolean> {
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
    const givenUp = await withTx(deps.db, (tx) => giveUp({ ...deps, db: tx }, id))
    if (givenUp === 'nothing') throw error
    return givenUp === 'row'
  }
}

/** @returns whether more is to do. */
async function step(deps: Run, id: Id<'import'>, size: number): Promise<boolean> {
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
  const rows = await nextRows(deps, started, size)
  if (rows.length === 0) {
    await end(deps, started, { state: 'finished' })
    return false
  }
  await settle(deps, started, { rows, outcomes: await applyRows(deps, actor, { started, rows }) })
  return true
}

/** What is left of the chunk that the import is in, or its first rows. */
async function nextRows({ db: tx, readChunk }: Run, started: Import, limit: number): Promise<readonly OpenedRow[]> {
  const left = await readChunk(tx, started)
  if (left === undefined) {
    if (started.processedRows === started.totalRows) return []
    const message = 'The program was renewed while it worked on this file. What it had done stays; send the file again.'
    throw new FileRefused('INTERRUPTED', message)
  }
  return left.slice(0, limit)
}

/** Of what the database does not take the next row, or the file as long as its rows are not known. @returns which it was */
async function giveUp(deps: Run, id: Id<'import'>): Promise<'row' | 'file' | 'nothing'> {
  const started = await lockOpenImport(deps.db, id)
  if (started === undefined) return 'nothing'
  if (started.totalRows === null) {
    await refuse(deps, id, new FileRefused('NOT_STORABLE', 'The file holds something that cannot be stored.'))
    return 'file'
  }
  const rows = await nextRows(deps, started, 1)
  const message = 'could not be stored; ask the operator and name this import'
  const errors = [{ code: 'internal', message }]
  const outcomes = rows.map(() => ({ status: 'failed' as const, listingId: null, errors, readings: [] }))
  await settle(deps, started, { rows, outcomes })
  return rows.length > 0 ? 'row' : 'nothing'
}

type Settled = { rows: readonly OpenedRow[]; outcomes: readonly RowOutcome[] }

/** The position moves in the transaction of what the rows did. */
async function settle({ db: tx, clock, vault }: Deps, started: Import, { rows, outcomes }: Settled): Promise<void> {
  const { id, processedRows, createdRows, updatedRows, unchangedRows, failedRows } = started
  const done = rows.map(({ row: { number, sheet = null, cells, externalId } }, index): NewImportRow => {
    const outcome = outcomes[index] ?? impossible('each row has its outcome')
    const place = { importId: id, position: processedRows + index + 1 }
    const cellsBox = outcome.status === 'failed' ? sealCells(vault, place, cells) : null
    return { ...place, ...outcome, rowNumber: number, sheet, externalId, cellsBox }
  })
  await insertImportRows(tx, done)
  await deleteChunks(tx, id, processedRows + rows.length)
  const count = (status: RowStatus) => outcomes.filter((outcome) => outcome.status === status).length
  await updateImport(tx, id, {
    processedRows: processedRows + rows.length,
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
  await deleteChunks(tx, started.id)
  await updateImport(tx, started.id, { ...values, startedAt: started.startedAt ?? now, endedAt: now, updatedAt: now })
  await appendEvents(tx, [importEnded({ importId: started.id, userId: started.userId }, now)])
}
