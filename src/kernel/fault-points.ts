/**
 * Moments between two steps that belong together, at which a process may die. The fault suite kills a process at each of them in
 * turn (test/faults); a new flow whose steps are in different places adds its moments here.
 */
export const faultPoints = [
  /** A transaction has done its statements, and nothing of it is kept. */
  'transaction.before-commit',
  /** Everything of it is kept, and nobody was told. */
  'transaction.after-commit',
  /** A bid stands, and its bidder was not told. */
  'bid.taken',
  /** Events belong to a relay that has done nothing with them. */
  'relay.leased',
  /** Their jobs are in the queue, and the events are open. */
  'relay.enqueued',
  'relay.marked',
  /** A worker has a job and has not begun. */
  'job.taken',
  /** A job has done its work, and the queue does not know. */
  'job.ran',
  /** A receiver has a webhook, and its delivery is open. */
  'webhook.sent',
  /** A mail has gone out, and its delivery is open. */
  'mail.sent',
  /** The search engine has a document, and the job that brought it is not done. */
  'search.written',
] as const

export type FaultPoint = (typeof faultPoints)[number]

let strike: ((point: FaultPoint) => void) | undefined

/** Marks the moment. Does nothing unless a test armed the points: production pays for one comparison. */
export function passFaultPoint(point: FaultPoint): void {
  strike?.(point)
}

/** For tests only: calls `fn` at each point that is passed from now on. */
export function armFaultPoints(fn: (point: FaultPoint) => void): void {
  strike = fn
}
