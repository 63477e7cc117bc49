import { AppError, type ErrorCode } from './errors.ts'

/** Refuses with a code when an expected condition does not hold. */
export function assert(condition: unknown, code: ErrorCode, message: string): asserts condition {
  if (!condition) throw new AppError(code, message)
}

/** A bug, not a refusal: answered as 500 and logged. */
export function impossible(message: string): never {
  throw new Error(`impossible: ${message}`)
}

/** Makes the compiler prove that a switch handles every member of a union. */
export function assertNever(value: never): never {
  return impossible(`unhandled value ${JSON.stringify(value)}`)
}
