import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { demoData } from '../../seeds/demo-data.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { faultPoints } from '../../src/kernel/fault-points.ts'
import { rebuildStatistics } from '../../src/modules/statistics/rebuild-statistics.ts'
import { outboxLag } from '../../src/outbox/index.ts'
import { type Receiver, startReceiver } from '../modules/webhooks/scene.ts'
import { useTestDatabase } from '../support/db.ts'
import { type Given, given } from '../support/given.ts'
import { effectsOf, playScene, type Scene } from './scene.ts'
import { sized } from './size.ts'
import { letLeasesEnd, useWorkers, type Worker } from './workers.ts'

const database = useTestDatabase()
const startWorker = useWorkers()
/** The so many-th time that a worker passes the point, which is another step of the flow. */
const passes = sized({ short: [1], long: [1, 2, 3, 4] })

let made: Given
let receiver: Receiver
let worker: Worker
let expected: Record<string, number> = {}
const titles = demoData.supplies.map(({ listing }) => String(listing.title)).values()

async function startOne(): Promise<Worker> {
  return startWorker({ DATABASE_URL: database.url, WEBHOOK_ALLOW_HTTP: 'on' })
}

const play = () => playScene(database, made, { title: titles.next().value ?? '', hooksUrl: receiver.url })

async function settles(scene: Scene): Promise<void> {
  await vi.waitFor(async () => expect(await effectsOf(database.pool, scene)).toEqual(expected), {
    ...{ timeout: 40_000, interval: 100 },
  })
}

beforeAll(async () => {
  made = given({ db: database.db, clock: systemClock })
  await made.market({ publishOnSubmit: true })
  receiver = await startReceiver()
  worker = await startOne()
})
afterAll(() => receiver.close())

it('a flow that nothing disturbs ends with a match, a review item, notifications, a mail and webhooks', async () => {
  const scene = await play()
  let [last, looksAlike] = ['', 0]
  await vi.waitFor(
    async () => {
      expected = await effectsOf(database.pool, scene)
      looksAlike = JSON.stringify(expected) === last ? looksAlike + 1 : 0
      last = JSON.stringify(expected)
      // A second in which nothing happens any more: later scenes are measured by this one.
      expect(looksAlike).toBeGreaterThan(5)
      expect(expected).not.toHaveProperty('pending mail')
      const { open } = await outboxLag(database.db)
      const webhooks = Object.keys(expected).filter((name) => name.startsWith('webhook'))
      expect([open, webhooks.length > 0, webhooks.every((name) => name.endsWith(' delivered'))]).toEqual([
        0,
        true,
        true,
      ])
      expect(expected).toMatchObject({ match: 1, 'review item': 1, 'search document': 2, 'mail to 1': 1 })
    },
    { timeout: 40_000, interval: 200 },
  )
})

it.each(faultPoints.flatMap((point) => passes.map((pass) => ({ point, pass }))))(
  'kill -9 at $point, pass $pass: the next worker ends the flow, and nothing happens twice',
  async ({ point, pass }) => {
    worker.dieAt(point, pass)
    const scene = await play()
    expect(await worker.ended).toBe('SIGKILL')
    await letLeasesEnd(database.pool)
    worker = await startOne()
    await settles(scene)
  },
)

it('leaves every counter of the statistics right, and no event open or dead', async () => {
  expect(await rebuildStatistics(database)).toEqual([])
  await vi.waitFor(async () => expect(await outboxLag(database.db)).toMatchObject({ open: 0, dead: 0 }), 10_000)
})
