import type pg from 'pg'
import type { Table } from './fill-tables.ts'

/** What came of the statements of a load: how long each took, in ms, and what each failure said. */
export type Course = { waits: number[]; failures: string[]; slowest: { ms: number; table: string } }

export function newCourse(): Course {
  return { waits: [], failures: [], slowest: { ms: 0, table: 'none' } }
}

/** What a program does: reads and writes rows of all its tables, over and over, naming the columns it knows. */
export function startStatements(pool: pg.Pool, course: Course, of: { tables: readonly Table[]; clients: number }) {
  let isStopping = false
  const run = async (offset: number) => {
    for (let turn = offset; !isStopping; turn += 1) {
      const table = of.tables[turn % of.tables.length]
      if (table === undefined) return
      const startedAt = performance.now()
      await touch(pool, table, turn).catch((error: Error) => course.failures.push(`${table.name}: ${error.message}`))
      const ms = Math.round(performance.now() - startedAt)
      if (ms > course.slowest.ms) course.slowest = { ms, table: table.name }
      course.waits.push(ms)
    }
  }
  // Each begins at another table, and takes the columns as they are when the load begins.
  const running = Promise.all(Array.from({ length: of.clients }, (_, n) => run(n * 7)))
  return {
    stop: async () => {
      isStopping = true
      await running
    },
  }
}

async function touch(pool: pg.Pool, { name, columns, isChangeable }: Table, turn: number): Promise<void> {
  const [first = ''] = columns
  if (turn % 2 === 0 || !isChangeable) await pool.query(`select ${columns.join(', ')} from ${name} limit 20`)
  else await pool.query(`update ${name} set ${first} = ${first} where ctid = '(0,1)'`)
}
