import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { type Tx, withTx } from '../db/tx.ts'
import { AppError } from '../kernel/errors.ts'
import type { SealedBox } from './sealed-box.ts'

export type StoredReply = { status: number; headers: Record<string, string>; body: string | undefined }

export type IdempotentRequest = {
  /** User id, or `anonymous`. */
  principal: string
  /** Operation id: the same key on another operation is another key. */
  route: string
  key: string
  method: string
  url: string
  rawBody: Uint8Array
}

const lifetimeHours = 24

/** The key of the header, plain or as a quoted structured-field string. @throws VALIDATION_FAILED (400). */
export function readIdempotencyKey(header: string | undefined, isRequired: boolean): string | undefined {
  if (header === undefined) {
    if (!isRequired) return undefined
    throw new AppError('IDEMPOTENCY_KEY_REQUIRED', 'Send an Idempotency-Key of 16 to 255 letters, digits, "-" or "_".')
  }
  const [, quoted, plain] = /^(?:"([\w-]{16,255})"|([\w-]{16,255}))$/.exec(header.trim()) ?? []
  const key = quoted ?? plain
  if (key !== undefined) return key
  throw new AppError('VALIDATION_FAILED', 'The Idempotency-Key does not have the right form.', {
    errors: [
      {
        location: 'header',
        pointer: '#/idempotency-key',
        code: 'key_form',
        message: '16 to 255 letters, digits, "-" or "_"',
      },
    ],
  })
}

/**
 * Runs the operation at most once per key: its writes, its events and the stored answer commit together. A repeat gets
 * the stored answer; a repeat while the first still runs gets 409, because the first transaction holds an advisory
 * lock on the key until it ends, however it ends: a killed process leaves nothing to clean up. Refusals (4xx) and
 * failures roll back and store nothing, so that a corrected or later try can succeed. Answers are sealed at rest,
 * because some carry secrets that are shown once; requests are kept as a keyed fingerprint, because some carry passwords.
 */
export function runIdempotent(
  deps: { db: Db; box: SealedBox },
  request: IdempotentRequest,
  operation: (tx: Tx) => Promise<StoredReply>,
): Promise<StoredReply> {
  const { principal, route, key } = request
  const name = `${principal} ${route} ${key}`
  const hash = deps.box.fingerprint(`${request.method} ${request.url}\n`, request.rawBody)
  return withTx(deps.db, async (tx) => {
    const lock = await tx.execute<{ isHeld: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 7)) as "isHeld"`,
    )
    if (lock.rows[0]?.isHeld !== true) {
      throw new AppError('IDEMPOTENCY_IN_PROGRESS', 'The first request with this key is still running.', {
        headers: { 'retry-after': '1' },
      })
    }
    const stored = await findStored(tx, request)
    if (stored) return replay(deps.box, name, stored, hash)
    const reply = await operation(tx)
    await tx.execute(sql`
      insert into idempotency_keys (principal, route, key, request_hash, status, headers, body, expires_at)
      values (${principal}, ${route}, ${key}, ${hash}, ${reply.status}, ${JSON.stringify(reply.headers)}::jsonb,
              ${reply.body === undefined ? null : deps.box.seal(reply.body, name)},
              clock_timestamp() + make_interval(hours => ${lifetimeHours}))
      on conflict (principal, route, key) do update set request_hash = excluded.request_hash, status = excluded.status,
        headers = excluded.headers, body = excluded.body, expires_at = excluded.expires_at`)
    return reply
  })
}

type StoredRow = { request_hash: Buffer; status: number; headers: Record<string, string>; body: Buffer | null }

async function findStored(tx: Tx, { principal, route, key }: IdempotentRequest): Promise<StoredRow | undefined> {
  const { rows } = await tx.execute<StoredRow>(sql`
    select request_hash, status, headers, body from idempotency_keys
    where principal = ${principal} and route = ${route} and key = ${key} and expires_at > clock_timestamp()`)
  return rows[0]
}

function replay(box: SealedBox, name: string, stored: StoredRow, hash: Buffer): StoredReply {
  if (!stored.request_hash.equals(hash)) {
    throw new AppError('IDEMPOTENCY_KEY_REUSED', 'This key was used for a request with other content.')
  }
  const body = stored.body === null ? undefined : box.open(stored.body, name)
  if (stored.body !== null && body === undefined) throw new Error('a stored answer was sealed with another SECRET_KEY')
  return { status: stored.status, headers: { ...stored.headers, 'idempotency-replayed': 'true' }, body }
}
