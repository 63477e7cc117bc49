import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { AppError } from '../../kernel/errors.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { type BatchOutcome, type ListingKinds, writeListings } from '../listings/index.ts'
import type { OpenedRow } from './chunk-reader.ts'
import { columnsOf } from './columns/columns-of.ts'
import type { MatchedHeader } from './domain/header.ts'
import type { RowError, RowOutcome } from './domain/import.ts'
import type { Import } from './import-repo.ts'
import type { ReadRow } from './read-row.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; listingKinds: ListingKinds }

/** Brings rows into the market, in the order of the file. @returns what became of each. */
export async function applyRows(
  deps: Deps,
  actor: Principal,
  { started, rows }: { started: Import; rows: readonly OpenedRow[] },
): Promise<RowOutcome[]> {
  const judged = rows.map((each) => ({ row: each.row, read: withRowRules(started, actor, each) }))
  const good = judged.filter(({ read }) => read.errors.length === 0)
  const outcomes = await writeListings(deps, actor, {
    definition: deps.listingKinds[started.kind],
    items: good.map(({ read }) => ({ fields: read.fields })),
    mode: started.mode === 'create_only' ? 'create_only' : 'upsert',
    shouldSubmit: started.shouldSubmit,
    isDryRun: started.mode === 'dry_run',
  })
  const outcomeOf = new Map(good.map(({ row }, index) => [row, outcomes[index]]))
  return judged.map((each) => toOutcome(started, each.read, outcomeOf.get(each.row)))
}

/** What the mode asks of a row, and the market that a row need not name. */
function withRowRules({ mode }: Import, actor: Principal, { row, read }: OpenedRow): ReadRow {
  const { externalId } = row
  const market = read.fields.market ?? actor.market
  const fields = externalId === null ? { ...read.fields, market } : { ...read.fields, market, externalId }
  if (externalId !== null || mode === 'create_only') return { ...read, fields }
  const message = 'is needed, so that the same file can be sent again; or use the mode create_only'
  const missing = { field: 'externalId', code: 'external_id_required', message }
  return { ...read, fields, errors: [...read.errors, missing] }
}

function toOutcome({ kind, headers, mode }: Import, read: ReadRow, outcome: BatchOutcome | undefined): RowOutcome {
  const { errors, readings } = read
  if (outcome === undefined) return { status: 'failed', listingId: null, errors, readings }
  if (outcome.outcome === 'refused') {
    return { status: 'failed', listingId: null, errors: errorsOf(outcome.error, { kind, headers }), readings }
  }
  const isStored = mode !== 'dry_run' || outcome.outcome !== 'created'
  const listingId = isStored ? idToUuid(outcome.listing.id) : null
  return { status: outcome.outcome, listingId, errors: [], readings }
}

/** A refusal of the market in the words of the file: which column holds the field that it names. */
function errorsOf(
  { errors, code, message }: AppError,
  { kind, headers }: Pick<Import, 'kind' | 'headers'>,
): RowError[] {
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
      ...(isMissing(error)
        ? missing(kind, { path, header })
        : { code: error.code, message: `${place}${error.message}` }),
    }
  })
}

/** Nobody who fills in a spreadsheet knows what is undefined. */
function isMissing({ code, message }: { code: string; message: string }): boolean {
  return code === 'invalid_type' && message.endsWith('received undefined')
}

function missing(kind: Import['kind'], { path, header }: { path: string; header: MatchedHeader | undefined }) {
  const code = 'required'
  if (header !== undefined) return { code, message: 'is empty, and needed' }
  const column = columnsOf(kind).find(({ field }) => field === path)
  return { code, message: column === undefined ? 'is needed' : `is needed; the file has no column ${column.label}` }
}
