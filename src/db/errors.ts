type PostgresError = { code: string; constraint?: string }

/** The PostgreSQL error below drizzle's wrapper, which has no code of its own (REL-TX-5). */
function postgresError(error: unknown): PostgresError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as Partial<PostgresError>
    if (typeof code === 'string' && code.length === 5) return current as Error & PostgresError
  }
  return undefined
}

/** The SQLSTATE of a failed statement, if it came from PostgreSQL. */
export function sqlState(error: unknown): string | undefined {
  return postgresError(error)?.code
}

/** Whether a unique constraint refused the row; with a name, whether it was that constraint. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const found = postgresError(error)
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint)
}

const unavailableStates = new Set(['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006'])
const unavailableMessages = /timeout exceeded when trying to connect|Connection terminated|ECONNREFUSED|ECONNRESET/

/** Whether the database could not be reached, so that trying again later is right (503). */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== undefined && unavailableStates.has(state)) return true
  for (let current = error; current instanceof Error; current = current.cause) {
    if (unavailableMessages.test(current.message)) return true
  }
  return false
}

/** Whether a statement or lock timeout ended the statement. */
export function isTimeout(error: unknown): boolean {
  const state = sqlState(error)
  return state === '57014' || state === '55P03'
}
