import type { Id } from '../../kernel/ids.ts'

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleDeadLetter = {
  id: 'evt_01jz8v5q0xe7mr3c2k9w4n6t1b' as Id<'event'>,
  type: 'listing.published',
  version: 1,
  data: { listingId: 'sup_01jz8v5q0xe7mr3c2k9w4n6t1a', kind: 'supply' },
  occurredAt: '2026-11-20T02:10:00.000Z',
  attempts: 10,
  deadAt: '2026-11-20T02:31:00.000Z',
  lastError: 'listing.published v1: data does not match the schema of the subscription',
}

export const exampleQueue = {
  queue: 'matching',
  waiting: 3,
  active: 4,
  delayed: 0,
  failed: 1,
  oldestWaitingMs: 180,
}

export const exampleFailedJob = {
  id: 'evt_01jz8v5q0xe7mr3c2k9w4n6t1b.0',
  queue: 'matching',
  name: 'matching.match-listing',
  payload: { listingId: 'sup_01jz8v5q0xe7mr3c2k9w4n6t1a' },
  attempts: 5,
  reason: 'database error 57014',
  failedAt: '2026-11-20T02:12:00.000Z',
}
