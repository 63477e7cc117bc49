import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { AppError } from '../../kernel/errors.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { type BatchOutcome, type ListingKinds, writeListings } from '../listings/index.ts'
import type { MatchedHeader } from './domain/header.ts'
import type { RowError } from './domain/import.ts'
import type { Import } from './import-repo.ts'
import { firstRowsOf, type ImportRow, updateImportRows } from './import-row-repo.ts'
import { type ReadRow, rowReader } from './read-row.ts'
import { openCells } from './row-cells.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; listingKinds: ListingKinds }
type Judged = { row: ImportRow; read: ReadRow }

/** Brings rows into the market and writes what became of each. @returns them with their outcome. */
export async function applyRows(
  deps: Deps,
  actor: Principal,
  { started, rows }: { started: Import; rows: readonly ImportRow[] },
): Promise<ImportRow[]> {
  const firstRows = await firstRowsOf(
    deps.db,
    started.id,
    rows.flatMap(({ externalId }) => externalId ?? []),
  )
  const readRow = rowReader(started.kind, started.headers)
  const judged = rows.map((row) => ({
    row,
    read: withRowRules(started, readRow({ cells: openCells(deps.vault, row), problems: row.problems }), {
      row,
      firstRows,
      actor,
    }),
  }))
  const good = judged.filter(({ read }) => read.errors.length === 0)
  const outcomes = await writeListings(deps, actor, {
    definition: deps.listingKinds[started.kind],
    items: good.map(({ read }) => ({ fields: read.fields })),
    mode: started.mode === 'create_only' ? 'create_only' : 'upsert',
    shouldSubmit: started.shouldSubmit,
    isDryRun: started.mode === 'dry_run',
  })
  const outcomeOf = new Map(good.map(({ row }, index) => [row.position, outcomes[index]]))
  const done = judged.map((each) => toDone(started, each, outcomeOf.get(each.row.position)))
  await updateImportRows(deps.db, done)
  return done
}

type Surroundings = { row: ImportRow; firstRows: ReadonlyMap<string, number>; actor: Principal }

/** What only the file as a whole can tell of a row, and the market that a row need not name. */
function withRowRules({ mode }: Import, read: ReadRow, { row, firstRows, actor }: Surroundings): ReadRow {
  const { externalId, rowNumber } = row
  const errors = [...read.errors]
  const first = externalId === null ? rowNumber : (firstRows.get(externalId) ?? rowNumber)
  const named = { field: 'externalId' }
  if (first !== rowNumber) {
    errors.push({ ...named, code: 'duplicate_in_file', message: `has the same external id as row ${first}` })
  }
  if (externalId === null && mode !== 'create_only') {
    const message = 'is needed, so that the same file can be sent again; or use the mode create_only'
    errors.push({ ...named, code: 'external_id_required', message })
  }
  const market = read.fields.market ?? actor.market
  return { ...read, errors, fields: { ...read.fields, market, ...(externalId !== null && { externalId }) } }
}

function toDone({ headers, mode }: Import, { row, read }: Judged, outcome: BatchOutcome | undefined): ImportRow {
  const { errors, readings } = read
  if (outcome === undefined) return { ...row, status: 'failed', errors, readings }
  if (outcome.outcome === 'refused') {
    return { ...row, status: 'failed', errors: errorsOf(outcome.error, headers), readings }
  }
  const isStored = mode !== 'dry_run' || outcome.outcome !== 'created'
  const listingId = isStored ? idToUuid(outcome.listing.id) : null
  return { ...row, status: outcome.outcome, listingId, errors: [], readings }
}

/** A refusal of the market in the words of the file: which column holds the field that it names. */
function errorsOf({ errors, code, message }: AppError, headers: readonly MatchedHeader[]): RowError[] {
  if (errors === undefined || errors.length === 0) return [{ code: code.toLowerCase(), message }]
  return errors.map((error) => {
    const path = error.pointer.replace(/^#\//, '').replaceAll('/', '.')
    const isAbove = (field: string | null) => field !== null && (path === field || path.startsWith(`${field}.`))
    const header = headers.find(({ field }) => isAbove(field))
    const item = path.slice((header?.field ?? path).length).replace(/^\./, '')
    const place = item === '' ? '' : `${item}: `
    return {
      ...(header && { column: header.header }),
      ...(path !== '' && { field: header?.field ?? path }),
      ...{ code: error.code, message: `${place}${error.message}` },
    }
  })
}
