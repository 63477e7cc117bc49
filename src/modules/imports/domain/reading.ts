/** What is wrong with a cell: a stable code and a sentence for a person. */
export type CellProblem = { code: string; message: string }

/** What a cell was read as. `shown` is said to the user when the value is not simply what stands in the cell. */
export type Reading<T> = { ok: true; value: T; shown?: string } | { ok: false; problem: CellProblem }

export function read<T>(value: T, shown?: string): Reading<T> {
  return { ok: true, value, ...(shown !== undefined && { shown }) }
}

export function refuse(code: string, message: string): { ok: false; problem: CellProblem } {
  return { ok: false, problem: { code, message } }
}
