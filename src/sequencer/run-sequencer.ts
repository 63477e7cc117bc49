import type { Db } from '../db/client.ts'
import type { Log } from '../kernel/log.ts'
import { poll } from '../poll.ts'
import type { LiveChannel } from '../ports/live-channel.ts'
import { type Sequence, sequenceRows } from './sequence-rows.ts'

/** Half of it is what numbering adds to the way from a commit to a stream; an empty look costs one index page. */
const pollMs = 50

/** Numbers rows until the signal. Several processes may: the counter's lock lets one at a time. */
export async function runSequencer(
  deps: { db: Db; live: LiveChannel; log: Log },
  sequences: readonly Sequence[],
  signal: AbortSignal,
): Promise<void> {
  const { log } = deps
  await poll({ trouble: 'the sequencer could not number rows', pollMs, log, signal }, async () => {
    let numbered = 0
    for (const sequence of sequences) numbered += await sequenceRows(deps, sequence)
    return numbered > 0
  })
}
