import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const gatherMs = 10
/** PostgreSQL takes payloads below 8,000 bytes; a topic is about 45. */
const maxTopics = 100

export type Outgoing = { add(topics: readonly string[]): void; flush(): Promise<void> }

/**
 * Gathers the topics of 10 ms and sends each once, so that a burst of bids on one lot is one message. A message that
 * cannot be sent is given up: `report` tells of it, and listeners look by themselves after a while.
 */
export function outgoing(send: (message: string) => Promise<unknown>, report: (error: Error) => void): Outgoing {
  const gathered = new Set<string>()
  let sending: Promise<void> | undefined
  const sendAll = async () => {
    await sleep(gatherMs)
    sending = undefined
    const topics = [...gathered]
    gathered.clear()
    for (let start = 0; start < topics.length; start += maxTopics) {
      await send(JSON.stringify(topics.slice(start, start + maxTopics))).catch(report)
    }
  }
  return {
    add: (topics) => {
      for (const topic of topics) gathered.add(topic)
      if (gathered.size > 0) sending ??= sendAll()
    },
    flush: async () => {
      await sending
    },
  }
}

/** The topics of a message; none when somebody else wrote to the channel. */
export function readTopics(message: string | undefined): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(message ?? ''))
  } catch {
    return []
  }
}
