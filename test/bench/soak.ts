import type { ChildProcess } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Agent, request } from 'undici'
import { addDays, systemClock } from '../../src/kernel/clock.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { newSession } from '../../src/modules/identity/new-session.ts'
import { insertSession } from '../../src/modules/identity/session-repo.ts'
import { projectRoot } from '../../src/project-root.ts'
import { bodyOf, given } from '../support/given.ts'
import { footprintOf, machineSeconds, processorSecondsOf } from './process-figures.ts'
import { collectsOnSignal, machine, openStage, quantile } from './stage.ts'

/**
 * `npm run bench:soak -- [--minutes n] [--rate n]`: an API and a worker process under a steady mixed load. The first third of the
 * time warms up. The median of each figure over the last third must lie at most 5 % above that over the second: open files,
 * database connections, and resident memory after a collection, which is forced nine times in all. Between collections memory
 * is mostly garbage that V8 has not looked at yet: with 75 MB in use it rose to 290 and fell again each half minute, so plain medians,
 * which are shown too, differ by 15 % without anything being held. Under 10 minutes the warming up is not over: memory is
 * then not judged. No request may fail. Processor time tells whether the machine was ours. Needs /proc. Prints tables, writes
 * dist/bench-soak.json; ends with 1 when a target is missed.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, rate: { type: 'string', default: '50' } },
})
const [minutes, rate] = [Number(values.minutes), Number(values.rate)]
const mostGrowth = 0.05
const lookEveryMs = 1_000
const collections = 9

/** See above: memory between collections is no figure of what is held. */
const isJudged = (name: string) => !name.includes('memory') || (minutes >= 10 && name.includes('collection'))

type Look = { at: number; [figure: string]: number }

const stage = await openStage({ LOGIN_LIMIT_PER_MINUTE: '1000000' }, collectsOnSignal)
const { db, pool } = stage.database
try {
  const made = given({ db, clock: systemClock })
  await made.market({ publishOnSubmit: true })
  const owner = await made.organisation()
  const { session, issued } = newSession({ userId: owner.userId, deviceHash: null }, systemClock.now())
  // Longer than its 15 minutes, so that a soak of hours needs no sign-in.
  const accessExpiresAt = addDays(systemClock.now(), 2)
  await insertSession(db, { ...session, accessExpiresAt, expiresAt: accessExpiresAt }, issued.refreshHash)
  const api = await stage.startApi()
  const worker = await stage.startWorker()
  const usage = await startUsage({ api: api.process.pid, worker: worker.pid, PostgreSQL: stage.databasePid })
  const load = startLoad(api.origin, issued.tokens.accessToken)
  const processes = { api: api.process, worker }
  const looks: Look[] = []
  const startedAt = performance.now()
  for (let collected = 0; performance.now() < startedAt + minutes * 60_000; ) {
    await sleep(lookEveryMs)
    const shouldCollect = performance.now() > startedAt + ((collected + 0.5) / collections) * minutes * 60_000
    if (shouldCollect) collected += 1
    looks.push(await look(processes, shouldCollect))
  }
  await report(looks, { ...(await load.stop()), processors: await usage.end() })
} finally {
  await stage.stop()
}

async function look(processes: Record<string, ChildProcess>, shouldCollect: boolean): Promise<Look> {
  const found: Look = { at: performance.now() }
  if (shouldCollect) {
    for (const child of Object.values(processes)) child.kill('SIGUSR2')
    await sleep(lookEveryMs)
  }
  for (const [name, { pid = 0 }] of Object.entries(processes)) {
    const { memoryMb, openFiles } = await footprintOf(pid)
    found[`${name} open files`] = openFiles
    found[`${name} memory MB`] = memoryMb
    if (shouldCollect) found[`${name} memory MB after a collection`] = memoryMb
  }
  const { rows } = await pool.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where application_name like 'queqiao-%'",
  )
  found['database connections'] = rows[0]?.count ?? 0
  return found
}

/** How many processors each of ours and everything else on the machine kept busy, on average. */
async function startUsage(pids: Record<string, number | undefined>) {
  const look = async () => {
    const ours = Object.entries(pids).map(async ([name, pid = 0]) => [name, await processorSecondsOf(pid)] as const)
    const own = process.cpuUsage()
    const load = (own.user + own.system) / 1e6
    return new Map([
      ...(await Promise.all(ours)),
      ['load', load] as const,
      ['machine', await machineSeconds()] as const,
    ])
  }
  const [before, startedAt] = [await look(), performance.now()]
  return {
    end: async (): Promise<Record<string, number>> => {
      const [after, seconds] = [await look(), (performance.now() - startedAt) / 1_000]
      const busy = [...after].map(([name, used]) => [name, (used - (before.get(name) ?? 0)) / seconds] as const)
      const others = busy.reduce((left, [name, used]) => (name === 'machine' ? left + used : left - used), 0)
      return { ...Object.fromEntries(busy.filter(([name]) => name !== 'machine')), others }
    },
  }
}

/** So many requests a second, whatever the answers take: reads of four kinds, and one in ten publishes a demand. */
function startLoad(origin: string, token: string) {
  const dispatcher = new Agent({ connections: 32 })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const failures = new Map<string, number>()
  const latencies = new Map<string, number[]>()
  const running = new Set<Promise<void>>()
  const send = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<string> => {
    const answer = await request(`${origin}${path}`, {
      ...{ method, dispatcher, headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    if (answer.statusCode < 400) return text
    const { detail } = JSON.parse(text) as { detail: string }
    throw new Error(`${answer.statusCode} ${method} ${path.replace(/dem_\w+/, '{id}')}: ${detail}`)
  }
  const publish = async (n: number) => {
    const made = await send('POST', '/v1/demands', bodyOf(demandKind, { title: `高真空压铸壳体需求 ${n}` }))
    await send('POST', `/v1/demands/${(JSON.parse(made) as { id: string }).id}/submit`, {})
  }
  const reads = ['/v1/demands?limit=20', '/v1/search?q=压铸', '/v1/notifications', '/v1/me']
  const one = async (n: number) => {
    const startedAt = performance.now()
    const path = reads[n % reads.length] ?? '/v1/me'
    const what = n % 10 === 0 ? 'publish a demand' : path
    if (n % 10 === 0) await publish(n)
    else await send('GET', encodeURI(path))
    const known = latencies.get(what) ?? []
    known.push(performance.now() - startedAt)
    latencies.set(what, known)
  }
  let count = 0
  const startedAt = performance.now()
  const timer = setInterval(() => {
    // The machine may have been away: what is due is sent now.
    while (count < ((performance.now() - startedAt) / 1_000) * rate) {
      const sent = one(count++).catch((error: Error) => {
        failures.set(error.message, (failures.get(error.message) ?? 0) + 1)
      })
      running.add(sent)
      sent.finally(() => running.delete(sent))
    }
  }, 10)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(running)
      await dispatcher.close()
      return { count, failures, latencies }
    },
  }
}

type Load = Awaited<ReturnType<ReturnType<typeof startLoad>['stop']>> & { processors: Record<string, number> }

async function report(looks: readonly Look[], load: Load) {
  const third = Math.floor(looks.length / 3)
  const names = [...new Set(looks.flatMap((each) => Object.keys(each)))].filter((name) => name !== 'at')
  const middle = (part: readonly Look[], name: string) =>
    quantile(
      part.flatMap((each) => each[name] ?? []),
      0.5,
    )
  const figures = names.map((name) => {
    const [before, after] = [middle(looks.slice(third, 2 * third), name), middle(looks.slice(-third), name)]
    return { name, before, after, growth: after / before - 1, isJudged: isJudged(name) }
  })
  const waits = [...load.latencies].map(([what, ms]) => ({ what, p50: quantile(ms, 0.5), p95: quantile(ms, 0.95) }))
  console.log(`\n${machine}; ${minutes} minutes at ${rate} requests/s: ${load.count} sent\n`)
  console.log('| | second third | last third | growth |\n|---|---|---|---|')
  for (const { name, before, after, growth, isJudged } of figures) {
    console.log(`| ${name} | ${before} | ${after} | ${(growth * 100).toFixed(1)} %${isJudged ? '' : ', not judged'} |`)
  }
  console.log('\n| request | p50 ms | p95 ms |\n|---|---|---|')
  for (const { what, p50, p95 } of waits) console.log(`| ${what} | ${p50} | ${p95} |`)
  console.log(`\n| processors busy, of ${cpus().length} | |\n|---|---|`)
  for (const [name, busy] of Object.entries(load.processors)) console.log(`| ${name} | ${busy.toFixed(2)} |`)
  for (const [failure, times] of load.failures) console.log(`failed ${times} times: ${failure}`)
  console.log(`\ntarget: no growth above ${mostGrowth * 100} %, no failed request`)
  const { count: sent, processors } = load
  const result = { machine, minutes, rate, sent, figures, waits, processors, failed: [...load.failures] }
  await writeFile(join(projectRoot(), 'dist/bench-soak.json'), JSON.stringify(result, null, 2))
  const hasGrown = figures.some(({ growth, isJudged }) => isJudged && growth > mostGrowth)
  if (hasGrown || load.failures.size > 0) process.exitCode = 1
}
