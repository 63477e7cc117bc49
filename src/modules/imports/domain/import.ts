export const importModes = ['dry_run', 'upsert', 'create_only'] as const
export type ImportMode = (typeof importModes)[number]

export const importStates = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const
export type ImportState = (typeof importStates)[number]

export const rowStatuses = ['created', 'updated', 'unchanged', 'failed'] as const
export type RowStatus = (typeof rowStatuses)[number]

/** What is wrong with a row, and where: the header of the column and the field of the listing, as far as they are known. */
export type RowError = { column?: string; field?: string; code: string; message: string }

/** A cell whose value is not simply what stands there: 50万元 was read as 500,000 元. */
export type RowReading = { column: string; text: string; readAs: string }

/** What became of a row; the id of its listing is bare, because its prefix depends on the kind. */
export type RowOutcome = { status: RowStatus; listingId: string | null; errors: RowError[]; readings: RowReading[] }
