import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { idToUuid } from '../../src/kernel/ids.ts'
import { bundleForNode } from '../support/bundle.ts'

type Kills = { url: string; pool: pg.Pool; importId: string; rows: number; kills: number; random(): number }

/**
 * Lets workers do an import and kills each with SIGKILL: the first while it reads the file, the others after a number of rows
 * that chance chooses. The last one may come to the end. @returns how many rows were done at each kill.
 */
export async function importUnderKills({ url, pool, importId, rows, kills, random }: Kills): Promise<number[]> {
  const script = await bundleForNode('test/faults/import-worker.ts')
  const start = async () => {
    const child = fork(script, [url, importId], { execArgv: [] })
    await once(child, 'message')
    return child
  }
  // Not among the last rows, where the end may come before the kill.
  const share = () => Math.floor(random() * 0.9 * rows)
  const points = Array.from({ length: kills - 1 }, share).sort((one, other) => one - other)
  const killedAt: number[] = []
  for (const point of [-1, ...points]) {
    const child = await start()
    if (point < 0) await pause(random() * 200)
    else await untilDone(pool, importId, point)
    await killed(child)
    killedAt.push(await doneRows(pool, importId))
  }
  const last = await start()
  const [code] = await once(last, 'exit')
  if (code !== 0) throw new Error(`the last worker ended with ${code}`)
  return killedAt
}

async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function untilDone(pool: pg.Pool, importId: string, point: number): Promise<void> {
  while ((await doneRows(pool, importId)) <= point) await pause(5)
}

async function doneRows(pool: pg.Pool, importId: string): Promise<number> {
  const { rows } = await pool.query<{ done: number; ended: Date | null }>(
    'select processed_rows as done, ended_at as ended from imports where id = $1',
    [idToUuid(importId)],
  )
  const [row] = rows
  if (row === undefined) throw new Error(`there is no import ${importId}`)
  return row.ended === null ? row.done : Infinity
}
