import { Redis, type RedisOptions } from 'ioredis'
import type { Log } from '../../kernel/log.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import { listeners } from './listeners.ts'
import { outgoing, readTopics } from './outgoing.ts'

const channel = 'queqiao:live'

/** Nudges by publish and subscribe: one connection to send, opened with the first nudge, and one to listen. */
export function redisLiveChannel({ url, log }: { url: string; log: Log }): LiveChannel {
  const waiting = listeners()
  const open = (options: RedisOptions) => {
    const client = new Redis(url, {
      ...{ connectionName: 'queqiao-live', connectTimeout: 2_000 },
      retryStrategy: (attempt) => Math.min(attempt * 50, 2_000),
      ...options,
    })
    client.on('error', (error) => log.warn({ error: error.message }, 'redis connection error'))
    return client
  }
  let sender: Redis | undefined
  const out = outgoing(
    (message) => {
      // A nudge that waits for a lost connection would come too late to be worth anything.
      sender ??= open({ commandTimeout: 2_000, maxRetriesPerRequest: 1 })
      return sender.publish(channel, message)
    },
    () => log.warn({}, 'a nudge could not be sent; streams look by themselves'),
  )
  let subscriber: Redis | undefined
  const subscribe = () => {
    const client = open({ maxRetriesPerRequest: null, autoResubscribe: false })
    client.on('ready', () => {
      client.subscribe(channel).then(
        () => waiting.wakeAll(),
        () => client.disconnect(true),
      )
    })
    client.on('message', (_channel, message) => waiting.wake(readTopics(message)))
    return client
  }

  return {
    nudge: out.add,
    listen: (topics, wake) => {
      subscriber ??= subscribe()
      return waiting.add(topics, wake)
    },
    close: async () => {
      await out.flush()
      sender?.disconnect()
      subscriber?.disconnect()
    },
  }
}
