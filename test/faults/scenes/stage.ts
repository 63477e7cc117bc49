import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { systemClock } from '../../../src/kernel/clock.ts'
import type { FaultPoint } from '../../../src/kernel/fault-points.ts'
import { outboxLag } from '../../../src/outbox/index.ts'
import type { Receiver } from '../../modules/webhooks/scene.ts'
import type { TestDatabase } from '../../support/db.ts'
import { given } from '../../support/given.ts'
import { newAccessToken } from '../../support/harness.ts'
import type { Passes } from '../obey-faults.ts'
import { type Api, letLeasesEnd, type Mortal, type Worker } from '../workers.ts'
import { type Answer, type Request, type Stage, until } from './scene.ts'

export type Role = 'api' | 'worker'
export type Strike = { role: Role; point: FaultPoint; pass: number }

/** A stage whose processes die at the moments that a test chooses, and are followed by others. */
export type DeadlyStage = Stage & {
  passes(): Promise<Record<Role, Passes>>
  /** Plays under the order to die. @returns whether somebody died; then another has taken its place. */
  strike(strike: Strike, play: { run(): Promise<unknown>; hasEnded: Promise<unknown> }): Promise<boolean>
  /** Nothing that was published finds what comes later. */
  clear(): Promise<void>
}

type Needs = {
  database: TestDatabase
  receiver: Receiver
  titles: Iterator<string>
  start: { api(): Promise<Api>; worker(): Promise<Worker> }
}

/** Nobody who comes from now on has quiet hours: a test between 22:00 and 8:00 in China would find mails waiting for the morning. */
async function stayAwake(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create function stay_awake() returns trigger language plpgsql as $$ begin
      insert into notification_settings values (new.id, 'zh', 'Asia/Shanghai', null, null, 20, now());
      return null;
    end $$;
    create trigger users__stay_awake after insert on users for each row execute function stay_awake()`)
}

export async function openStage({ database, receiver, titles, start }: Needs): Promise<DeadlyStage> {
  const { db, pool } = database
  const made = given({ db, clock: systemClock })
  await stayAwake(pool)
  await made.market({ publishOnSubmit: true })
  const living = { api: await start.api(), worker: await start.worker() }

  const revive = async (role: Role) => {
    if (role === 'api') living.api = await start.api()
    else {
      await letLeasesEnd(pool)
      living.worker = await start.worker()
    }
  }
  const send = async (request: Request): Promise<Answer> => {
    const token = await newAccessToken({ db, clock: systemClock }, request.by)
    for (;;) {
      const answer = await post(living.api.origin, token, request)
      if (answer?.ok) return answer.json
      if (answer !== undefined && !answer.json.retryable) throw new Error(JSON.stringify(answer.json))
      if (living.api.hasEnded()) await revive('api')
      else await sleep(50)
    }
  }
  const isQuiet = async () => {
    const { rows } = await pool.query<{ count: number }>(
      "select count(*)::int as count from bullmq.job where state in ('waiting', 'active')",
    )
    return (await outboxLag(db)).open === 0 && rows[0]?.count === 0
  }
  const quiet = () => until(isQuiet, 'every event and job is done')
  return {
    ...{ database, made, hooksUrl: receiver.url, send, quiet },
    newTitle: () => {
      const { value, done } = titles.next()
      if (done) throw new Error('there are more plays than titles')
      return value
    },
    passes: async () => ({ api: await living.api.passes(), worker: await living.worker.passes() }),
    strike: async ({ role, point, pass }, { run, hasEnded }) => {
      const victim: Mortal = living[role]
      victim.dieAt(point, pass)
      await run()
      const wasStruck = await Promise.race([
        victim.ended.then(() => true),
        hasEnded.then(quiet).then(() => victim.spare()),
      ])
      if (wasStruck && living[role].hasEnded()) await revive(role)
      return wasStruck
    },
    clear: async () => {
      await pool.query('delete from match_documents')
    },
  }
}

/** Undefined when no answer came. */
async function post(origin: string, token: string, { path, body, key }: Request) {
  const isFile = Buffer.isBuffer(body)
  const type = isFile ? 'text/csv' : 'application/json'
  const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': key }
  try {
    const sent = isFile ? new Uint8Array(body) : JSON.stringify(body)
    const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body: sent })
    return { ok: response.ok, json: (await response.json()) as Answer & { retryable?: boolean } }
  } catch {
    return undefined
  }
}
