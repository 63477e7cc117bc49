import type pg from 'pg'
import { idToUuid } from '../../../src/kernel/ids.ts'
import type { ListingId } from '../../../src/modules/listings/index.ts'

type Row = Record<string, unknown>
export type Trace = { row: Row | undefined; history: Row[]; events: Row[]; confidential: Row | undefined }

/** Everything that the database holds about a listing, as it is stored. */
export async function traceOf(pool: pg.Pool, id: ListingId): Promise<Trace> {
  const rowsOf = async (sql: string, parameter: string) => (await pool.query<Row>(sql, [parameter])).rows
  const uuid = idToUuid(id)
  return {
    row: (await rowsOf('select * from listings where id = $1', uuid))[0],
    history: await rowsOf('select * from listing_changes where listing_id = $1 order by version', uuid),
    events: await rowsOf(`select * from outbox_events where data->>'listingId' = $1 order by seq`, id),
    confidential: (await rowsOf('select * from listing_confidentials where listing_id = $1', uuid))[0],
  }
}
