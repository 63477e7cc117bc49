import { expect, it } from 'vitest'
import { purgeSignIns } from '../../../src/modules/identity/purge-sign-ins.ts'
import { givenCast, useTestApi } from './api.ts'

const api = useTestApi()

async function counts() {
  const { rows } = await api.pool.query(
    `select (select count(*) from sessions) as sessions, (select count(*) from refresh_tokens) as tokens,
            (select count(*) from login_attempts) as attempts`,
  )
  return rows[0]
}

it('removes sessions 30 days after their end with their tokens, and failures after a day, no earlier', async () => {
  const { owner } = await givenCast(api)
  await api.signIn(owner)
  await api.call('POST', '/v1/auth/login', { body: { email: 'nobody@example.com', password: 'wrong' } })
  await purgeSignIns(api.deps)
  expect(await counts()).toEqual({ sessions: 1, tokens: 1, attempts: 1 })
  api.clock.advance('30d')
  await purgeSignIns(api.deps)
  expect(await counts()).toEqual({ sessions: 1, tokens: 1, attempts: 0 })
  api.clock.advance('13h')
  await purgeSignIns(api.deps)
  expect(await counts()).toEqual({ sessions: 0, tokens: 0, attempts: 0 })
})
