import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import type { Db } from '../../db/client.ts'
import type { Log } from '../../kernel/log.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import { listeners } from './listeners.ts'
import { outgoing, readTopics } from './outgoing.ts'

const channel = 'queqiao_live'
const longestPauseMs = 5_000

/**
 * Nudges by LISTEN and NOTIFY. A process that listens holds one connection of its own, opened with the first listener and
 * again whenever it is lost; nudges go through the pool. A pooler in transaction mode would swallow LISTEN: the URL has to
 * lead to the server itself.
 */
export function postgresLiveChannel({ url, db, log }: { url: string; db: Db; log: Log }): LiveChannel {
  const waiting = listeners()
  const stopping = new AbortController()
  const out = outgoing(
    (message) => db.execute(sql`select pg_notify(${channel}, ${message})`),
    () => log.warn({}, 'a nudge could not be sent; streams look by themselves'),
  )
  let listening: Promise<void> | undefined

  const keepListening = async () => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      const lost = await listenOnce(url, {
        signal: stopping.signal,
        onMessage: (message) => waiting.wake(readTopics(message)),
        onReady: () => {
          failures = 0
          waiting.wakeAll()
        },
      })
      if (stopping.signal.aborted) return
      log.warn({ reason: lost }, 'the live channel lost its connection')
      await pause(Math.min(100 * 2 ** failures, longestPauseMs), stopping.signal)
    }
  }

  return {
    nudge: out.add,
    listen: (topics, wake) => {
      listening ??= keepListening()
      return waiting.add(topics, wake)
    },
    close: async () => {
      stopping.abort()
      await Promise.all([out.flush(), listening])
    },
  }
}

type Reactions = { signal: AbortSignal; onMessage(message: string | undefined): void; onReady(): void }

/** Listens until the connection or the signal ends. @returns why it ended. */
async function listenOnce(url: string, { signal, onMessage, onReady }: Reactions): Promise<string> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'queqiao-live',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  const ended = new Promise<string>((resolve) => {
    client.on('error', (error) => resolve(error.message))
    client.on('end', () => resolve('the server ended the connection'))
    signal.addEventListener('abort', () => resolve('closed'), { once: true })
  })
  client.on('notification', ({ payload }) => onMessage(payload))
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
    onReady()
    return await ended
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
