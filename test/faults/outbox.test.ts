import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { withTx } from '../../src/db/tx.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/ids.ts'
import { sessionReuseDetected } from '../../src/modules/identity/index.ts'
import { appendEvents, outboxLag } from '../../src/outbox/index.ts'
import { useTestDatabase } from '../support/db.ts'
import { given } from '../support/given.ts'
import { sized } from './size.ts'
import { letLeasesEnd, useWorkers } from './workers.ts'

const database = useTestDatabase()
const startWorker = useWorkers()
const { facts, kills } = sized({ short: { facts: 600, kills: 2 }, long: { facts: 20_000, kills: 20 } })
const healLimitMs = 30_000

it(`FT-5: ${facts} events and ${kills} kills of relay and consumers: each effect once, healed within 30 s`, async () => {
  const { db, pool } = database
  const reader = await given({ db, clock: systemClock }).organisation({ isVerified: false })
  await pool.query(
    `insert into notification_preferences (user_id, kind, channel, mode)
     select id, 'security.session_reused', 'email', 'off' from users`,
  )
  const start = () => startWorker({ DATABASE_URL: database.url, WORKER_CONCURRENCY: '8' })
  const inbox = async () => {
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from notifications')
    return rows[0]?.count ?? 0
  }
  const writing = (async () => {
    for (let n = 0; n < facts; n += 100) {
      const events = Array.from({ length: 100 }, () =>
        sessionReuseDetected({ sessionId: newId('session'), userId: reader.userId }, systemClock.now()),
      )
      await withTx(db, (tx) => appendEvents(tx, events))
      await sleep(5)
    }
  })()
  let worker = await start()
  for (let kill = 1; kill <= kills; kill += 1) {
    const share = (facts * kill) / (kills + 1)
    await vi.waitFor(async () => expect(await inbox(), `before kill ${kill}`).toBeGreaterThanOrEqual(share), {
      ...{ timeout: 150_000, interval: 50 },
    })
    await worker.kill()
    await letLeasesEnd(pool)
    worker = await start()
  }
  await writing
  const healingSince = performance.now()
  const heal = { timeout: healLimitMs, interval: 200 }
  await vi.waitFor(async () => expect([await inbox(), (await outboxLag(db)).open]).toEqual([facts, 0]), heal)
  await vi.waitFor(async () => {
    const { rows } = await pool.query(`
      select count(*)::int as rows, count(distinct (user_id, subject_id, kind))::int as subjects,
        count(distinct seq)::int as numbers, max(seq)::int as last from notifications where seq is not null`)
    expect(rows).toEqual([{ rows: facts, subjects: facts, numbers: facts, last: facts }])
  }, heal)
  const healedMs = performance.now() - healingSince
  process.stdout.write(
    `FT-5: all effects of ${facts} events ${Math.round(healedMs)} ms after the last of ${kills} kills\n`,
  )
  expect(healedMs).toBeLessThan(healLimitMs)
})
