import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import type { BenchQuery } from './search-queries.ts'

/** Times of one way to search, in milliseconds; CPU is that of Node and of the database's backend together. */
export type Figures = {
  name: string
  count: number
  p50: number
  p95: number
  max: number
  cpuP50: number
  cpuP95: number
  slowest: { q: string; ms: number }[]
}
type Measured = { name: string; queries: BenchQuery[]; once: (q: string) => Promise<unknown> }

/** Asks every query three times and keeps the median, after one round to warm the caches. CPU is the mean of the three. */
export async function measure(pool: pg.Pool, { name, queries, once }: Measured): Promise<Figures> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const pid = rows[0]?.pid ?? 0
  for (const { q } of queries) await once(q)
  const times: { q: string; ms: number; cpu: number }[] = []
  for (const { q } of queries) {
    const cpuBefore = await cpuMs(pid)
    const rounds: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now()
      await once(q)
      rounds.push(performance.now() - started)
    }
    times.push({ q, ms: rounded(at(rounds.sort(ascending), 0.5)), cpu: rounded(((await cpuMs(pid)) - cpuBefore) / 3) })
  }
  const ms = times.map((time) => time.ms).sort(ascending)
  const cpu = times.map((time) => time.cpu).sort(ascending)
  const slowest = [...times].sort((a, b) => b.ms - a.ms).slice(0, 5)
  return {
    ...{ name, count: times.length, p50: at(ms, 0.5), p95: at(ms, 0.95), max: at(ms, 1) },
    ...{ cpuP50: at(cpu, 0.5), cpuP95: at(cpu, 0.95), slowest },
  }
}

/** Processor time of this process and, where /proc exists, of the backend; the kernel counts it in nanoseconds. */
async function cpuMs(pid: number): Promise<number> {
  const { user, system } = process.cpuUsage()
  const scheduled = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0')
  return (user + system) / 1_000 + Number(scheduled.split(' ')[0]) / 1_000_000
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}

function ascending(a: number, b: number): number {
  return a - b
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
