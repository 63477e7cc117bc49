const at = '2026-11-27T02:00:00.000Z'

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleImport = {
  id: 'imp_01k9w3ynwzf5yr8t6x2m4q7c0a',
  kind: 'supply' as const,
  mode: 'upsert' as const,
  submit: true,
  fileName: '成果汇总.xlsx',
  format: 'xlsx' as const,
  sizeBytes: 1_482_112,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  state: 'running' as const,
  columns: [
    { header: '成果名称', field: 'title' },
    { header: '意向价格（万元）', field: 'price', unit: '万元' },
    { header: '技术成熟渡', field: null, suggestion: '技术成熟度' },
  ],
  sheets: [
    { name: '数据', rows: 5_000, state: 'read' as const },
    { name: '说明', rows: 0, state: 'other_header' as const },
  ],
  counts: { created: 1_420, updated: 0, unchanged: 61, failed: 19 },
  progress: { processed: 1_500, total: 5_000, ratePerSecond: 3_100, secondsLeft: 2 },
  createdAt: at,
  startedAt: at,
}

export const exampleImportRow = {
  rowNumber: 37,
  status: 'failed' as const,
  externalId: 'NB-2026-0037',
  errors: [
    {
      column: '意向价格',
      field: 'price',
      code: 'amount_unit_missing',
      message: '"50" has no unit; write 50元 or 50万元, or name the unit in the header',
    },
  ],
  readings: [{ column: '完成日期', text: '2027年6月30日', readAs: '2027-06-30' }],
}
