import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { withTx } from '../../src/db/tx.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/ids.ts'
import { sessionReuseDetected } from '../../src/modules/identity/index.ts'
import { appendEvents, outboxLag } from '../../src/outbox/index.ts'
import { projectRoot } from '../../src/project-root.ts'
import { given } from '../support/given.ts'
import { machine, openStage, until } from './stage.ts'

/**
 * `npm run bench:notices -- [--facts n] [--kills n]`: facts that each concern one user go through outbox, relay, queue and
 * fan-out while the worker process is killed (kill -9) and started anew, again and again. Each fact must be in the inbox
 * exactly once, numbered for the stream without a gap. Prints a table, writes dist/bench-notices.json; ends with 1 otherwise.
 */
const { values } = parseArgs({
  options: { facts: { type: 'string', default: '20000' }, kills: { type: 'string', default: '20' } },
})
const [facts, kills] = [Number(values.facts), Number(values.kills)]
const perTransaction = 100

const stage = await openStage({ WORKER_CONCURRENCY: '8' })
const { db, pool } = stage.database
try {
  const reader = await given({ db, clock: systemClock }).organisation({ isVerified: false })
  await pool.query(
    `insert into notification_preferences (user_id, kind, channel, mode)
     select id, 'security.session_reused', 'email', 'off' from users`,
  )
  const startedAt = performance.now()
  let worker = await stage.startWorker()
  const killing = (async () => {
    for (let kill = 1; kill <= kills; kill += 1) {
      // Spread over the work, so that every kill meets some.
      await until(async () => (await countInbox()) >= (facts * kill) / (kills + 1), 600_000)
      worker.kill('SIGKILL')
      worker = await stage.startWorker()
    }
  })()
  for (let n = 0; n < facts; n += perTransaction) {
    const events = Array.from({ length: Math.min(perTransaction, facts - n) }, () =>
      sessionReuseDetected({ sessionId: newId('session'), userId: reader.userId }, systemClock.now()),
    )
    await withTx(db, (tx) => appendEvents(tx, events))
  }
  await killing
  // A killed worker's jobs begin again when their lock of 30 s has ended.
  await until(async () => (await countInbox()) >= facts && (await outboxLag(db)).open === 0, 300_000).catch(
    () => undefined,
  )
  const seconds = (performance.now() - startedAt) / 1_000
  await sleep(2_000)
  await report(seconds)
} finally {
  await stage.stop()
}

async function countInbox(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from notifications')
  return rows[0]?.count ?? 0
}

async function report(seconds: number): Promise<void> {
  const { rows } = await pool.query<{ rows: number; subjects: number; numbered: number; last: number }>(`
    select count(*)::int as rows, count(distinct (user_id, subject_id, kind))::int as subjects,
      count(distinct seq)::int as numbered, coalesce(max(seq), 0)::int as last from notifications`)
  const found = rows[0] ?? { rows: 0, subjects: 0, numbered: 0, last: 0 }
  const duplicates = found.rows - found.subjects
  const missing = facts - found.subjects
  const gaps = found.last - found.numbered
  const figures = {
    machine,
    facts,
    kills,
    seconds: Math.round(seconds),
    ...found,
    duplicates,
    missing,
    gaps,
  }
  console.log(`\n${machine}; ${facts} facts, ${kills} kills of the worker, ${figures.seconds} s\n`)
  console.log('| in the inbox | duplicates | missing | gaps in the stream |\n|---|---|---|---|')
  console.log(`| ${found.rows} | ${duplicates} | ${missing} | ${gaps} |`)
  console.log('\ntarget: 0 duplicates, 0 missing, 0 gaps')
  await writeFile(join(projectRoot(), 'dist/bench-notices.json'), JSON.stringify(figures, null, 2))
  if (duplicates !== 0 || missing !== 0 || gaps !== 0) process.exitCode = 1
}
