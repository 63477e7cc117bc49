import type { Db } from '../db/client.ts'
import { type Tx, withTx } from '../db/tx.ts'
import type { LiveChannel } from '../ports/live-channel.ts'
import { lockCounter, updateLast } from './counter-repo.ts'

export type Numbering = {
  /** The last number that was given. */
  last: number
  limit: number
}

/** A table whose rows get their place in a stream after they were committed. */
export type Sequence = {
  /** Of its counter in `stream_counters`, which a migration inserts. */
  name: string
  /** Gives up to `limit` rows without a number the numbers from `last + 1` on, without gaps. */
  numberRows(tx: Tx, numbering: Numbering): Promise<{ count: number; topics: string[] }>
}

/**
 * Numbers one batch of committed rows and wakes the streams that wait for them. A number that a reader sees has all smaller
 * ones before it: they are given one batch after the other under the lock of the counter, and only to rows that were
 * committed before. A column that the insert fills would promise less: commits end in another order than they began.
 *
 * @returns how many were numbered; none while another process is at it.
 */
export async function sequenceRows(
  deps: { db: Db; live: LiveChannel },
  sequence: Sequence,
  limit = 1_000,
): Promise<number> {
  const { count, topics } = await withTx(deps.db, async (tx) => {
    const last = await lockCounter(tx, sequence.name)
    if (last === undefined) return { count: 0, topics: [] }
    const numbered = await sequence.numberRows(tx, { last, limit })
    if (numbered.count > 0) await updateLast(tx, sequence.name, last + numbered.count)
    return numbered
  })
  deps.live.nudge(topics)
  return count
}
