import { both, casual, type Kind, usual } from './kind.ts'

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
  'import.failed': {
    ...usual,
    title: both('批量导入未能完成', 'The import could not be read'),
    body: both(
      '文件无法读取，导入已停止。请登录查看原因，改正后重新上传。',
      'The file could not be read, so the import has stopped. Sign in to see why, mend it and send it again.',
    ),
    subject: both('批量导入未能完成', 'The import could not be read'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type ImportParams = {
  rowCount?: number
  acceptedCount?: number
  refusedCount?: number
}
