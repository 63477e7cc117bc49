import { sqlState } from '../../db/errors.ts'

const maxReasonLength = 300

/**
 * The error as it may be kept with the job for seven days: no values of statements, which drizzle and PostgreSQL put
 * into their messages, and never more than 300 characters. The frames stay, so that the place can be found.
 */
export function keepableFailure(error: unknown): Error {
  const reason = reasonOf(error)
  const failure = new Error(reason)
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  failure.stack = [reason, ...frames.slice(0, 15)].join('\n')
  return failure
}

function reasonOf(error: unknown): string {
  const state = sqlState(error)
  if (state !== undefined) return `database error ${state}`
  if (!(error instanceof Error)) return 'failed with something that is no Error'
  const [message = ''] = error.message.split('\nparams:')
  return message.startsWith('Failed query') ? 'database error' : message.slice(0, maxReasonLength)
}
