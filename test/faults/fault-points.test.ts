import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { demoData } from '../../seeds/demo-data.ts'
import { type FaultPoint, faultPoints } from '../../src/kernel/fault-points.ts'
import { rebuildStatistics } from '../../src/modules/statistics/rebuild-statistics.ts'
import { outboxLag } from '../../src/outbox/index.ts'
import { type Receiver, startReceiver } from '../modules/webhooks/scene.ts'
import { useTestDatabase } from '../support/db.ts'
import { bid } from './scenes/bid.ts'
import { importOfFile } from './scenes/import.ts'
import { decision, introduction } from './scenes/match.ts'
import { publication } from './scenes/publication.ts'
import type { Act, Effects, Scene } from './scenes/scene.ts'
import { type DeadlyStage, openStage, type Role, type Strike } from './scenes/stage.ts'
import { sized } from './size.ts'
import { useApis, useWorkers } from './workers.ts'

const database = useTestDatabase()
const [startApi, startWorker] = [useApis(), useWorkers()]
const scenes: readonly Scene[] = [publication, decision, introduction, bid, importOfFile]
/** The so many-th time that a process passes a point, which is another step of the flow. */
const mostPasses = sized({ short: 1, long: 2 })
/** In the short form a point that one scene struck is left out by the others, but for these, after which work is done untold. */
const always: Record<Role, FaultPoint> = { api: 'transaction.after-commit', worker: 'job.ran' }
const isThorough = sized({ short: false, long: true })

let receiver: Receiver
let stage: DeadlyStage
const struck = new Set<FaultPoint>()

beforeAll(async () => {
  receiver = await startReceiver()
  const settings = { DATABASE_URL: database.url, WEBHOOK_ALLOW_HTTP: 'on' }
  const start = { api: () => startApi(settings), worker: () => startWorker(settings) }
  stage = await openStage({ database, receiver, titles: titlesForEver(), start })
})
afterAll(() => receiver.close())

describe.each(scenes)('$name', (scene) => {
  let expected: Effects
  let strikes: Strike[] = []

  it('ends, when nothing disturbs it, with no event, mail or webhook on its way', async () => {
    const act = await prepared(scene)
    const before = await stage.passes()
    await act.run()
    expected = await stable(act)
    strikes = strikesOf(before, await stage.passes())
    expect(Object.keys(expected).filter((name) => /pending|failed/.test(name))).toEqual([])
    expect(Object.values(expected).some((count) => count > 0)).toBe(true)
    expect(strikes.length).toBeGreaterThan(0)
  })

  it('ends alike and does nothing twice after kill -9 at every point that it passes', async () => {
    for (const strike of strikes) {
      const act = await prepared(scene)
      const settled = settles(act, { expected, strike })
      const wasStruck = await stage.strike(strike, { run: act.run, hasEnded: settled })
      await settled
      // How events fall into batches is chance, so only the first pass is sure to come.
      if (strike.pass === 1) expect(wasStruck, `nobody died at ${textOf(strike)}`).toBe(true)
      if (wasStruck) struck.add(strike.point)
    }
  })
})

it('every named point was struck by a scene', () => {
  expect([...struck].sort()).toEqual([...faultPoints].sort())
})

it('leaves every counter of the statistics right, and no event open or dead', async () => {
  expect(await rebuildStatistics(database)).toEqual([])
  await vi.waitFor(async () => expect(await outboxLag(database.db)).toMatchObject({ open: 0, dead: 0 }), 10_000)
})

async function prepared(scene: Scene): Promise<Act> {
  await stage.quiet()
  await stage.clear()
  const act = await scene.prepare(stage)
  await stage.quiet()
  return act
}

/** Once a second has passed in which nothing happens any more: later plays are measured by this one. */
async function stable(act: Act): Promise<Effects> {
  let [effects, looksAlike]: [Effects, number] = [{}, 0]
  await vi.waitFor(
    async () => {
      await stage.quiet()
      const now = await act.effects()
      looksAlike = JSON.stringify(now) === JSON.stringify(effects) ? looksAlike + 1 : 0
      effects = now
      expect(looksAlike).toBeGreaterThan(5)
    },
    { timeout: 40_000, interval: 200 },
  )
  return effects
}

async function settles(act: Act, { expected, strike }: { expected: Effects; strike: Strike }): Promise<void> {
  await vi.waitFor(async () => expect(await act.effects(), textOf(strike)).toEqual(expected), {
    ...{ timeout: 60_000, interval: 100 },
  })
}

function strikesOf(before: Passes, after: Passes): Strike[] {
  return (['api', 'worker'] as const).flatMap((role) =>
    faultPoints.flatMap((point) => {
      const passed = (after[role][point] ?? 0) - (before[role][point] ?? 0)
      const isDue = isThorough || !struck.has(point) || point === always[role]
      const count = isDue ? Math.min(passed, mostPasses) : 0
      return Array.from({ length: count }, (_, index) => ({ role, point, pass: index + 1 }))
    }),
  )
}
type Passes = Record<Role, Partial<Record<FaultPoint, number>>>

function textOf({ role, point, pass }: Strike): string {
  return `${point}, pass ${pass}, of the ${role}`
}

function* titlesForEver(): Generator<string> {
  for (;;) yield* demoData.supplies.map(({ listing }) => String(listing.title))
}
