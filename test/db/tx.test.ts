import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { isTimeout, isUnavailable, isUniqueViolation, sqlState } from '../../src/db/errors.ts'
import { type Tx, withTx } from '../../src/db/tx.ts'
import { useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()

beforeAll(async () => {
  await database.pool.query('create table notes (id text primary key, value int not null default 0)')
})
beforeEach(() => database.reset())

const insert = (tx: Tx, id: string) => tx.execute(sql`insert into notes (id) values (${id})`)

async function storedNotes(): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>('select id from notes order by id')
  return rows.map(({ id }) => id)
}

async function backendOf(tx: Tx): Promise<number> {
  const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return rows[0]?.pid ?? 0
}

/** Kills the backend and waits until the server has let go of it. */
async function kill(pid: number): Promise<void> {
  await database.pool.query('select pg_terminate_backend($1, 5000)', [pid])
}

async function waitForServer(condition: string, pid: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await database.pool.query(`select 1 from pg_stat_activity where pid = $1 and ${condition}`, [
        pid,
      ])
      expect(rows).toHaveLength(1)
    },
    { timeout: 5_000, interval: 10 },
  )
}

async function waitUntilGone(pid: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await database.pool.query('select 1 from pg_stat_activity where pid = $1', [pid])
      expect(rows).toHaveLength(0)
    },
    { timeout: 5_000, interval: 10 },
  )
}

/** The four deaths of a connection inside a transaction (RELIABILITY REL-TX-1). */
const deaths: Record<string, (tx: Tx) => Promise<unknown>> = {
  'its backend is killed while it is idle': async (tx) => {
    await kill(await backendOf(tx))
    return insert(tx, 'after')
  },
  'its backend is killed during a query': async (tx) => {
    const pid = await backendOf(tx)
    const running = tx.execute(sql`select pg_sleep(30)`)
    const settled = running.catch((error: unknown) => error)
    await waitForServer(`wait_event = 'PgSleep'`, pid)
    await kill(pid)
    throw await settled
  },
  'idle_in_transaction_session_timeout ends it': async (tx) => {
    const pid = await backendOf(tx)
    await tx.execute(sql`set local idle_in_transaction_session_timeout = '20ms'`)
    await waitUntilGone(pid)
    return insert(tx, 'after')
  },
  'transaction_timeout ends it': async (tx) => {
    // A running timer is not shortened; zero stops the 15 s one of the session first.
    await tx.execute(sql`set local transaction_timeout = 0`)
    await tx.execute(sql`set local transaction_timeout = '20ms'`)
    await tx.execute(sql`select pg_sleep(30)`)
  },
}

describe('withTx when the connection dies', () => {
  it.each(Object.keys(deaths))('stores nothing, heals the pool and survives when %s', async (death) => {
    const outcome = withTx(database.db, async (tx) => {
      await insert(tx, 'before')
      await deaths[death]?.(tx)
    })
    const error = await outcome.then(
      () => undefined,
      (reason: unknown) => reason,
    )

    expect(error).toBeInstanceOf(Error)
    expect(isUnavailable(error) || isTimeout(error), String(error)).toBe(true)
    expect(await storedNotes()).toEqual([])
    expect(database.pool.idleCount).toBe(database.pool.totalCount)

    const names = Array.from({ length: 50 }, (_, index) => `note-${String(index).padStart(2, '0')}`)
    await Promise.all(names.map((name) => withTx(database.db, (tx) => insert(tx, name))))
    expect(await storedNotes()).toEqual(names)
  })

  it('reports a death that the function did not notice, and stores nothing', async () => {
    const outcome = withTx(database.db, async (tx) => {
      await insert(tx, 'unnoticed')
      const pid = await backendOf(tx)
      await kill(pid)
      await waitUntilGone(pid)
    })

    await expect(outcome).rejects.toSatisfy(isUnavailable)
    expect(await storedNotes()).toEqual([])
  })

  it('does not run the function again after a lost connection, because the outcome may be unknown', async () => {
    const fn = vi.fn(async (tx: Tx) => {
      await kill(await backendOf(tx))
      await insert(tx, 'again')
    })

    await expect(withTx(database.db, fn)).rejects.toThrow()
    expect(fn).toHaveBeenCalledTimes(1)
  })
})

describe('withTx', () => {
  it('returns what the function returns and stores its rows', async () => {
    const result = await withTx(database.db, async (tx) => {
      await insert(tx, 'a')
      await insert(tx, 'b')
      return 42
    })

    expect(result).toBe(42)
    expect(await storedNotes()).toEqual(['a', 'b'])
  })

  it('stores nothing when the function throws, and passes the error on as it is', async () => {
    const refusal = new Error('refused')
    const outcome = withTx(database.db, async (tx) => {
      await insert(tx, 'a')
      throw refusal
    })

    await expect(outcome).rejects.toBe(refusal)
    expect(await storedNotes()).toEqual([])
  })

  it('joins a transaction that is given to it: both are stored together', async () => {
    await withTx(database.db, async (tx) => {
      await insert(tx, 'outer')
      await withTx(tx, async (inner) => {
        expect(inner).toBe(tx)
        await insert(inner, 'inner')
      })
      expect(await storedNotes()).toEqual([])
    })

    expect(await storedNotes()).toEqual(['inner', 'outer'])
  })

  it('joins a transaction that is given to it: neither is stored when the outer one fails', async () => {
    const outcome = withTx(database.db, async (tx) => {
      await withTx(tx, (inner) => insert(inner, 'inner'))
      throw new Error('outer failed')
    })

    await expect(outcome).rejects.toThrow('outer failed')
    expect(await storedNotes()).toEqual([])
  })

  it('refuses to call it stored when a failed statement was swallowed', async () => {
    const outcome = withTx(database.db, async (tx) => {
      await insert(tx, 'a')
      await insert(tx, 'a').catch(() => undefined)
    })

    await expect(outcome).rejects.toThrow('nothing of it was stored')
    expect(await storedNotes()).toEqual([])
  })
})

describe('the handle after the end of its transaction', () => {
  it.each([
    ['commit', false],
    ['rollback', true],
  ])('refuses statements after %s', async (_, shouldFail) => {
    let leaked: Tx | undefined
    await withTx(database.db, async (tx) => {
      leaked = tx
      if (shouldFail) throw new Error('rolled back')
    }).catch(() => undefined)
    const handle = leaked as Tx

    await expect(insert(handle, 'late')).rejects.toSatisfy(hasEnded)
    await expect(withTx(handle, (tx) => insert(tx, 'later'))).rejects.toSatisfy(hasEnded)
    expect(await storedNotes()).toEqual([])
  })

  it('refuses the statement that a forgotten promise sends after the rollback', async () => {
    let straggler: Promise<unknown> | undefined
    const outcome = withTx(database.db, async (tx) => {
      straggler = tx.execute(sql`select pg_sleep(0.05)`).then(() => insert(tx, 'straggler'))
      straggler.catch(() => undefined)
      throw new Error('failed beside it')
    })

    await expect(outcome).rejects.toThrow('failed beside it')
    await expect(straggler).rejects.toSatisfy(hasEnded)
    expect(await storedNotes()).toEqual([])
  })
})

function hasEnded(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.includes('this transaction has ended')) return true
  }
  return false
}

describe('withTx under contention', () => {
  it('runs the whole function again after a serialisation failure (40001)', async () => {
    await database.pool.query(`insert into notes (id) values ('counter')`)
    const states: (string | undefined)[] = []
    let attempts = 0

    await withTx(database.db, async (tx) => {
      attempts += 1
      await tx.execute(sql`set transaction isolation level repeatable read`)
      await tx.execute(sql`select value from notes where id = 'counter'`)
      if (attempts === 1) await database.pool.query(`update notes set value = value + 1 where id = 'counter'`)
      await recordState(states, () => tx.execute(sql`update notes set value = value + 10 where id = 'counter'`))
    })

    expect({ attempts, states }).toEqual({ attempts: 2, states: ['40001'] })
    expect(await counterValue()).toBe(11)
  })

  it('runs the victim of a deadlock (40P01) again, so that both transactions are stored', async () => {
    await database.pool.query(`insert into notes (id) values ('left'), ('right')`)
    const states: (string | undefined)[] = []
    const bothHoldOne = meetingOf(2)
    const cross = (first: string, second: string) =>
      withTx(database.db, async (tx) => {
        await tx.execute(sql`update notes set value = value + 1 where id = ${first}`)
        await bothHoldOne()
        await recordState(states, () => tx.execute(sql`update notes set value = value + 1 where id = ${second}`))
      })

    await Promise.all([cross('left', 'right'), cross('right', 'left')])

    expect(states).toEqual(['40P01'])
    const { rows } = await database.pool.query('select id, value from notes order by id')
    expect(rows).toEqual([
      { id: 'left', value: 2 },
      { id: 'right', value: 2 },
    ])
  })

  it('gives up after five attempts and reports the last failure', async () => {
    const fn = vi.fn((tx: Tx) => tx.execute(sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`))

    await expect(withTx(database.db, fn)).rejects.toSatisfy((error) => sqlState(error) === '40001')
    expect(fn).toHaveBeenCalledTimes(5)
  })

  it.each(['23502', '57014', '55P03', '22P02', 'P0001'])('does not run it again after %s', async (state) => {
    const raise = sql.raw(`do $$ begin raise exception 'no' using errcode = '${state}'; end $$`)
    const fn = vi.fn((tx: Tx) => tx.execute(raise))

    await expect(withTx(database.db, fn)).rejects.toSatisfy((error) => sqlState(error) === state)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('does not run it again after a unique violation unless that is declared', async () => {
    await database.pool.query(`insert into notes (id) values ('taken')`)
    const fn = vi.fn((tx: Tx) => insert(tx, 'taken'))

    await expect(withTx(database.db, fn)).rejects.toSatisfy((error) => isUniqueViolation(error, 'notes_pkey'))
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('finds the row of the other on the second run when a unique violation is declared', async () => {
    let runs = 0
    const findOrInsert = async (tx: Tx) => {
      runs += 1
      const { rows } = await tx.execute(sql`select id from notes where id = 'shared'`)
      if (rows.length > 0) return 'found'
      if (runs === 1) await database.pool.query(`insert into notes (id) values ('shared')`)
      await insert(tx, 'shared')
      return 'inserted'
    }

    expect(await withTx(database.db, findOrInsert, { shouldRetryUniqueViolation: true })).toBe('found')
    expect(runs).toBe(2)
  })
})

describe('the sessions of the pool', () => {
  it('limit waiting for locks, idling in a transaction and the transaction as a whole', async () => {
    const { rows } = await database.pool.query(
      `select name, setting from pg_settings where name in
         ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout', 'TimeZone')`,
    )
    const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))

    expect(settings).toEqual({
      TimeZone: 'UTC',
      statement_timeout: '5000',
      lock_timeout: '2000',
      idle_in_transaction_session_timeout: '10000',
      transaction_timeout: '15000',
    })
  })

  it('read int8 as number and dates as the day that was written', async () => {
    const { rows } = await database.pool.query(`select 9007199254740991::int8 as big, '2026-02-28'::date as day`)
    expect(rows).toEqual([{ big: 9007199254740991, day: '2026-02-28' }])
  })
})

async function recordState(states: (string | undefined)[], fn: () => Promise<unknown>): Promise<void> {
  try {
    await fn()
  } catch (error) {
    states.push(sqlState(error))
    throw error
  }
}

async function counterValue(): Promise<number> {
  const { rows } = await database.pool.query<{ value: number }>(`select value from notes where id = 'counter'`)
  return rows[0]?.value ?? Number.NaN
}

/** Resolves for everybody when the n-th has come; whoever comes later passes at once. */
function meetingOf(size: number): () => Promise<void> {
  let come = 0
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    come += 1
    if (come >= size) open()
    return opened
  }
}
