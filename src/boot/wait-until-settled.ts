import { setTimeout as sleep } from 'node:timers/promises'
import { compose } from '../compose.ts'
import type { Config } from '../config.ts'
import type { Log } from '../kernel/log.ts'
import { outboxLag } from '../outbox/index.ts'
import { queueNames } from '../registry.ts'

const lookEveryMs = 200
/** A fact may be between outbox and queue at the moment of a look, so one quiet look proves nothing. */
const quietLooks = 3

/**
 * Waits until no event is open and no job waits or runs, or until the signal. After the demo data was stored it takes about
 * 7 s on two cores; a newcomer's first demand would otherwise queue behind 180 listings that are still being matched.
 */
export async function waitUntilSettled(config: Config, log: Log, signal: AbortSignal): Promise<void> {
  const { deps, close } = await compose(config, { role: 'worker', log })
  const isQuiet = async () => {
    if ((await outboxLag(deps.db)).open > 0) return false
    const depths = await deps.jobs.depths(queueNames)
    return depths.every(({ waiting, active }) => waiting + active === 0)
  }
  try {
    for (let quiet = 0; quiet < quietLooks && !signal.aborted; ) {
      // It is a courtesy: a look that a busy machine fails is no reason not to start.
      quiet = (await isQuiet().catch(() => false)) ? quiet + 1 : 0
      await sleep(lookEveryMs)
    }
  } finally {
    await close()
  }
}
