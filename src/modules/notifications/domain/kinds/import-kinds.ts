import { both, casual, type Kind } from './kind.ts'

/** What became of the rows of an import. */
export const importKinds = {
  'import.finished': {
    ...casual,
    title: both('批量导入已完成', 'The import has finished'),
    body: both(
      '共 {rowCount} 行，导入 {acceptedCount} 行，未通过 {refusedCount} 行。',
      'Of {rowCount} rows, {acceptedCount} were imported and {refusedCount} refused.',
    ),
    subject: both('批量导入已完成（{rowCount} 行）', 'Import finished ({rowCount} rows)'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type ImportParams = {
  rowCount?: number
  acceptedCount?: number
  refusedCount?: number
}
