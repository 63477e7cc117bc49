import type { LiveChannel } from '../../ports/live-channel.ts'
import { listeners } from './listeners.ts'

/** One process is all there is: for tests. */
export function memoryLiveChannel(): LiveChannel {
  const waiting = listeners()
  const gathered = new Set<string>()
  const deliver = () => {
    const topics = [...gathered]
    gathered.clear()
    waiting.wake(topics)
  }
  return {
    nudge: (topics) => {
      if (gathered.size === 0) setImmediate(deliver)
      for (const topic of topics) gathered.add(topic)
    },
    listen: waiting.add,
    close: async () => undefined,
  }
}
