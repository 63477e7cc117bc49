import fc from 'fast-check'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { corrected, databaseClock } from '../../src/db/database-clock.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()
const lookMs = 10_000

async function start(pool: Parameters<typeof databaseClock>[0]) {
  const clock = await databaseClock(pool, silentLog)
  onTestFinished(() => clock.stop())
  return clock
}

/** A server that says what a test wants, as `pg.Pool` would bring it. */
function serverThatSays(answer: () => number) {
  return { query: async () => ({ rows: [{ at: answer() }] }) } as unknown as Parameters<typeof databaseClock>[0]
}

describe('the clock of the database', () => {
  afterEach(() => vi.useRealTimers())

  it.each([-600_000, 600_000])('is that of the database when the machine is %d ms off', async (skewMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs })
    const clock = await start(database.pool)
    const { rows } = await database.pool.query<{ now: Date }>('select clock_timestamp() as now')
    const differenceMs = clock.now().getTime() - (rows[0]?.now.getTime() ?? 0)
    expect(Math.abs(differenceMs)).toBeLessThan(1_000)
  })

  it('goes on by its last look while the database is away, and follows it again after', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let say = () => 1_000_000
    const clock = await start(serverThatSays(() => say()))
    const first = clock.now().getTime()
    expect(first).toBeGreaterThanOrEqual(999_999)
    say = () => {
      throw new Error('the server has gone')
    }
    await vi.advanceTimersByTimeAsync(lookMs)
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(first)
    say = () => 5_000_000
    await vi.advanceTimersByTimeAsync(lookMs)
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(4_999_999)
  })

  it("is the machine's own as long as the database has never answered", async () => {
    const clock = await start(
      serverThatSays(() => {
        throw new Error('no server')
      }),
    )
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000)
  })
})

describe('an answer about the time', () => {
  const seen = fc
    .tuple(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1e9 }), fc.nat(60_000))
    .map(([at, sent, onTheWay]) => ({ at, sent, received: sent + onTheWay }))

  it('moves the clock to where it may be true, and no further than that', () => {
    fc.assert(
      fc.property(seen, fc.integer({ min: -1e9, max: 1e12 }), (answer, offset) => {
        const after = corrected(offset, answer)
        const [least, most] = [answer.at - answer.received, answer.at - answer.sent]
        expect(after).toBeGreaterThanOrEqual(least)
        expect(after).toBeLessThanOrEqual(most)
        if (offset >= least && offset <= most) expect(after).toBe(offset)
        else expect(Math.abs(after - offset)).toBe(Math.min(Math.abs(least - offset), Math.abs(most - offset)))
      }),
    )
  })
})
