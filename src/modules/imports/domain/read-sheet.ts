export const sheetStates = ['read', 'empty', 'hidden', 'other_header'] as const

/** What an import did with a sheet of a workbook: how many rows it took from it, or why none. */
export type ReadSheet = { name: string; rows: number; state: (typeof sheetStates)[number] }
