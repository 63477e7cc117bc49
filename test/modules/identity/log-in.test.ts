import { hash } from '@node-rs/argon2'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../../src/modules/identity/index.ts'
import { givenCast, password, useTestApi } from './api.ts'

const api = useTestApi()
const wrong = 'not the right password'
let owner: Account
let operator: Account

beforeEach(async () => {
  const cast = await givenCast(api)
  owner = cast.owner
  operator = cast.operator
})

const logIn = (email: string, secret: string) =>
  api.call('POST', '/v1/auth/login', { body: { email, password: secret } })

/** What an attacker can compare: everything but the request id. */
function visible({ status, headers, body }: Awaited<ReturnType<typeof logIn>>) {
  const { instance: _instance, requestId: _requestId, ...problem } = body
  const { 'retry-after': retryAfter, 'www-authenticate': challenge } = headers
  return { status, retryAfter, challenge, problem }
}

describe('an unknown e-mail', () => {
  it('answers like a wrong password at every attempt, delays included', async () => {
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const known = visible(await logIn(owner.user.email, wrong))
      const unknown = visible(await logIn('nobody@example.com', wrong))
      expect(unknown).toEqual(known)
      expect(known.status).toBe(attempt <= 5 ? 401 : 429)
    }
  })

  it('answers like a disabled user and a suspended organisation with the right password', async () => {
    const unknown = visible(await logIn('nobody@example.com', wrong))
    await api.pool.query('update users set is_disabled = true where email = $1', [owner.user.email])
    expect(visible(await logIn(owner.user.email, password))).toEqual(unknown)
    await api.pool.query(`update organisations set verification = 'suspended' where name = $1`, [
      operator.organisation.name,
    ])
    expect(visible(await logIn(operator.user.email, password))).toEqual(unknown)
  })
})

describe('wrong passwords', () => {
  it('delay the account longer each time, also for the right password, and never for good', async () => {
    for (let attempt = 1; attempt <= 5; attempt += 1) await logIn(owner.user.email, wrong)
    const early = await logIn(owner.user.email, password)
    expect([early.status, early.body.code, early.headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '2'])
    api.clock.advance('2s')
    expect((await logIn(owner.user.email, wrong)).status).toBe(401)
    expect((await logIn(owner.user.email, password)).headers['retry-after']).toBe('4')
    api.clock.advance('4s')
    expect((await logIn(owner.user.email, password)).status).toBe(200)
  })

  it('are forgotten after a success', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1) await logIn(owner.user.email, wrong)
    await logIn(owner.user.email, password)
    for (let attempt = 1; attempt <= 4; attempt += 1) expect((await logIn(owner.user.email, wrong)).status).toBe(401)
    expect((await logIn(owner.user.email, password)).status).toBe(200)
  })

  it('are forgotten after a quiet day', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1) await logIn(owner.user.email, wrong)
    api.clock.advance('25h')
    for (let attempt = 1; attempt <= 4; attempt += 1) await logIn(owner.user.email, wrong)
    expect((await logIn(owner.user.email, password)).status).toBe(200)
  })

  it('are counted one by one when twenty come at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => logIn(owner.user.email, wrong)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
  })

  it('on one account do not delay another', async () => {
    for (let attempt = 1; attempt <= 6; attempt += 1) await logIn(owner.user.email, wrong)
    expect((await logIn(operator.user.email, password)).status).toBe(200)
  })
})

describe('a sign-in', () => {
  it('works with the e-mail in any case and width', async () => {
    expect((await logIn(` ${owner.user.email.toUpperCase()}`, password)).status).toBe(200)
    expect((await logIn(owner.user.email.replace('u', 'ｕ'), password)).status).toBe(200)
  })

  it('stores neither token nor password as text anywhere', async () => {
    const { body } = await logIn(owner.user.email, password)
    const { rows } = await api.pool.query(
      `select s::text || r::text || u::text as text from sessions s, refresh_tokens r, users u`,
    )
    const stored = rows.map(({ text }) => text).join()
    expect(stored).not.toContain(body.accessToken.slice(-20))
    expect(stored).not.toContain(body.refreshToken.slice(-20))
    expect(stored).not.toContain(password)
  })

  it('renews a hash with older parameters', async () => {
    const old = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    await api.pool.query('update users set password_hash = $1 where email = $2', [old, owner.user.email])
    await logIn(owner.user.email, password)
    const { rows } = await api.pool.query('select password_hash from users where email = $1', [owner.user.email])
    expect(rows[0].password_hash).toContain('m=19456,t=2,p=1')
    expect((await logIn(owner.user.email, password)).status).toBe(200)
  })

  it('is audited by ids and codes, and so is a refusal', async () => {
    await logIn(owner.user.email, password)
    await logIn(owner.user.email, wrong)
    await logIn('nobody@example.com', wrong)
    expect(await api.auditOf('session.created')).toHaveLength(1)
    const refusals = await api.auditOf('session.refused')
    expect(refusals.map(({ facts }) => facts)).toEqual([{ reason: 'wrong_password' }, { reason: 'unknown_account' }])
    const { rows } = await api.pool.query('select string_agg(a::text, chr(10)) as text from audit_entries a')
    expect(rows[0].text).not.toContain('@')
  })
})
