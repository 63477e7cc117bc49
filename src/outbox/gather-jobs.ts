import { createHash } from 'node:crypto'
import type { JobRequest } from '../kernel/job.ts'
import { traceparentKey } from '../kernel/tracing.ts'

export type PlannedJob = JobRequest & { id: string }

/** Longer payloads are refused by `planJobs`, so none is made here either. */
export const maxPayloadLength = 16_384

/**
 * Makes one job of those that differ only in the list that their job gathers: while 50 listings a second are published, a
 * batch has dozens of facts to count and tell, and each job more costs 2 ms and two commits. Order is kept. The id names
 * all that was gathered: under the id of the first alone, a batch that is delivered again beside newer events would pass for
 * the old one, and the newer events would be lost.
 */
export function gatherJobs(jobs: readonly PlannedJob[]): PlannedJob[] {
  const groups: PlannedJob[][] = []
  const open = new Map<string, { group: PlannedJob[]; items: number; length: number }>()
  for (const job of jobs) {
    const items = itemsOf(job)
    const key = keyOf(job)
    const length = JSON.stringify(items).length
    const current = open.get(key)
    const hasRoom =
      current && current.items + items.length <= atMost(job) && current.length + length <= maxPayloadLength
    if (current && hasRoom) {
      current.group.push(job)
      current.items += items.length
      current.length += length
      continue
    }
    const group = [job]
    groups.push(group)
    if (job.gather) open.set(key, { group, items: items.length, length: JSON.stringify(job.payload).length })
  }
  return groups.flatMap(joined)
}

function joined([first, ...others]: PlannedJob[]): PlannedJob[] {
  if (first === undefined) return []
  if (first.gather === undefined || others.length === 0) return [first]
  const all = [first, ...others]
  const digest = createHash('sha256').update(all.map(({ id }) => id).join(' '))
  return [
    {
      ...first,
      id: `${first.id}-${others.length}-${digest.digest('hex').slice(0, 16)}`,
      payload: { ...first.payload, [first.gather.list]: all.flatMap(itemsOf) },
    },
  ]
}

function itemsOf({ gather, payload }: PlannedJob): unknown[] {
  const list = gather && payload[gather.list]
  return Array.isArray(list) ? list : []
}

function atMost({ gather }: PlannedJob): number {
  return gather?.atMost ?? 1
}

/** Jobs with the same key may become one, which then belongs to the trace of the first. */
function keyOf({ name, gather, payload, runAt, coalesce }: PlannedJob): string {
  const rest = gather ? { ...payload, [gather.list]: [], [traceparentKey]: undefined } : payload
  return JSON.stringify([name, runAt, coalesce, rest])
}
