import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { postgresLiveChannel } from '../../../src/adapters/live/postgres.ts'
import { buildApp } from '../../../src/app.ts'
import { newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { tellUsers } from '../../../src/modules/notifications/index.ts'
import { sequences } from '../../../src/registry.ts'
import { runSequencer } from '../../../src/sequencer/index.ts'
import { silentLog } from '../../support/db.ts'
import { type EventStream, openEventStream } from '../../support/event-stream.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
const path = '/v1/notifications/stream'
const closing: (() => Promise<unknown>)[] = []
/** As two API processes on one database, each with a live channel of its own; numbering is the worker's. */
const origins: string[] = []

beforeAll(async () => {
  for (let process = 0; process < 2; process += 1) {
    const live = openChannel()
    const app = await buildApp(
      { ...harness.deps, live },
      {
        ...{ publicUrl: 'https://api.example.cn', secretKey: 'k'.repeat(32), version: '0', hasBackpressure: false },
        ...{ rateLimitPerMinute: 1_000_000, loginLimitPerMinute: 1_000_000, answers: 'checked' as const },
        readiness: async () => ({ isReady: true, checks: {} }),
        // No heartbeat comes to help: what arrives was nudged across the processes.
        streamTimings: { heartbeatMs: 600_000 },
      },
    )
    await app.listen({ port: 0, host: '127.0.0.1' })
    origins.push(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
    closing.push(async () => {
      await app.close()
      await live.close()
    })
  }
  const stopping = new AbortController()
  const live = openChannel()
  const { db } = harness.database
  const numbering = runSequencer({ db, live, log: silentLog }, sequences, stopping.signal)
  closing.push(async () => {
    stopping.abort()
    await numbering
    await live.close()
  })
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

function openChannel() {
  const { url, db } = harness.database
  return postgresLiveChannel({ url, db, log: silentLog })
}

const tell = ({ orgId, userId }: Principal) =>
  tellUsers(harness.deps, {
    ...{ orgId, userIds: [userId], kind: 'organisation.verified', subjectId: newId('event') },
    params: { organisationId: orgId, organisationName: '示范大学' },
  })

it('brings everything once and in order to a client that loses its process again and again (SSE-2)', async () => {
  const reader = await harness.given.organisation({ isVerified: false })
  const token = await harness.tokenOf(reader)
  const received: number[] = []
  let lastEventId: number | undefined
  let stream: EventStream | undefined
  const total = 60
  const telling = (async () => {
    for (let n = 0; n < total; n += 4) await Promise.all(Array.from({ length: 4 }, () => tell(reader)))
  })()
  for (let round = 0; received.length < total; round += 1) {
    stream = await openEventStream(`${origins[round % 2]}${path}`, { token, lastEventId: lastEventId ?? 0 })
    const { events } = stream
    await vi.waitUntil(() => events.length >= 10 || received.length + events.length > total, { timeout: 8_000 })
    // The connection is cut, as by kill -9: whatever was under way is lost.
    stream.close()
    await stream.ended
    received.push(...stream.ids('notification'))
    lastEventId = received.at(-1)
    expect(events.some(({ event }) => event === 'resync')).toBe(false)
  }
  await telling
  expect(received).toEqual(Array.from({ length: total }, (_, n) => n + 1))
})

it('reaches clients of both processes, within the second', async () => {
  const readers = await Promise.all([1, 2, 3, 4].map(() => harness.given.organisation({ isVerified: false })))
  const streams = await Promise.all(
    readers.map(async (reader, n) =>
      openEventStream(`${origins[n % 2]}${path}`, { token: await harness.tokenOf(reader) }),
    ),
  )
  await Promise.all(streams.map((stream) => stream.until('ready')))
  for (const reader of readers) await tell(reader)
  await Promise.all(streams.map((stream) => stream.until('notification')))
  for (const stream of streams) {
    stream.close()
    await stream.ended
  }
})
