import { silentMessage } from './give-up-silence.ts'

type PostgresError = { code: string; constraint?: string }

/** The PostgreSQL error below drizzle's wrapper, which has no code of its own (REL-TX-5). */
function postgresError(error: unknown): PostgresError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as Partial<PostgresError>
    // Node's EPIPE has five letters too; every SQLSTATE has a digit.
    if (typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code)) return current as Error & PostgresError
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

/** Whether a check constraint of this name refused the row. */
export function isCheckViolation(error: unknown, constraint: string): boolean {
  const found = postgresError(error)
  return found?.code === '23514' && found.constraint === constraint
}

/** 53100 and 53200: the server's disk or memory is full, and what was asked for may be done when it is not. */
const unavailableStates = new Set(['57P01', '57P02', '57P03', '53100', '53200', '53300', '08000', '08003', '08006'])
const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOSPC',
  'EDQUOT',
])
const unavailableMessages = /timeout exceeded when trying to connect|Connection terminated|connection error and is not/

const crowdedMessage = /timeout exceeded when trying to connect/

/** Whether every connection of the pool was in use for as long as a request may wait. */
export function isCrowded(error: unknown): boolean {
  return causesOf(error).some(({ message }) => crowdedMessage.test(message))
}

/** Whether the database could not be reached or has no room, so that trying again later is right (503). */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== undefined && unavailableStates.has(state)) return true
  // An AggregateError of several refused addresses has a code but an empty message.
  return causesOf(error).some(
    ({ message, code }) => unavailableCodes.has(code ?? '') || unavailableMessages.test(message),
  )
}

const timeoutStates = new Set(['57014', '55P03', '25P03', '25P04'])

/** Whether a statement, lock, idle or transaction timeout ended the statement, or our own patience. */
export function isTimeout(error: unknown): boolean {
  return timeoutStates.has(sqlState(error) ?? '') || causesOf(error).some(({ message }) => message === silentMessage)
}

/** The error, what caused it, and so on. */
function causesOf(error: unknown): NodeJS.ErrnoException[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

/** Whether a value did not fit its column or a rule of the table (SQLSTATE classes 22 and 23): trying again does not help. */
export function isDataError(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '')
}
