import { describe, expect, it } from 'vitest'
import { rateLimiter, rateLimitKey } from '../../src/http/rate-limit.ts'
import { AppError } from '../../src/kernel/errors.ts'
import { anonymous } from '../../src/kernel/principal.ts'
import { expectProblem } from '../support/http.ts'
import { principalWith, usePlatform } from './platform.ts'

const platform = usePlatform({ generalLimit: 5, loginLimit: 2 })
const from = (remoteAddress: string) => ({ remoteAddress })
const read = (remoteAddress: string) => platform.client.get('/v1/things', from(remoteAddress))

describe('the rate limit', () => {
  it('tells the policy and what is left on every answer, also on refusals (API-RL-1)', async () => {
    const first = await read('192.0.2.1')
    expect(first.headers['ratelimit-policy']).toBe('"default";q=5;w=60')
    expect(first.headers.ratelimit).toBe('"default";r=4;t=60')
    platform.clock.advance('18s')
    const refused = await platform.client.get('/v1/things?nonsense=1', from('192.0.2.1'))
    expectProblem(refused, 'VALIDATION_FAILED')
    expect(refused.headers.ratelimit).toBe('"default";r=3;t=42')
  })

  it('refuses what is above it until the window ends; Retry-After is not before `t` (API-RL-1, API-RL-2)', async () => {
    for (let count = 0; count < 5; count += 1) expect((await read('192.0.2.2')).statusCode).toBe(200)
    platform.clock.advance(12_345)
    const refused = await read('192.0.2.2')
    expect(expectProblem(refused, 'RATE_LIMITED').violatedPolicies).toEqual(['default'])
    const secondsLeft = Number(/t=(\d+)/.exec(String(refused.headers.ratelimit))?.[1])
    expect(refused.headers.ratelimit).toContain('r=0')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(secondsLeft)
    platform.clock.advance(Number(refused.headers['retry-after']) * 1000)
    expect((await read('192.0.2.2')).statusCode).toBe(200)
  })

  it('counts a user as one, wherever the calls come from (API-RL-4)', async () => {
    const alice = platform.as('alice')
    const sent = ['192.0.2.10', '192.0.2.11', '192.0.2.12', '192.0.2.13', '192.0.2.14', '192.0.2.15']
    const statuses = []
    for (const address of sent) statuses.push((await alice.get('/v1/things', from(address))).statusCode)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    expect((await platform.as('bob').get('/v1/things', from('192.0.2.10'))).statusCode).toBe(200)
    expect((await read('192.0.2.10')).statusCode).toBe(200)
  })

  it('is narrower for signing in, in a count of its own', async () => {
    const signIn = () => platform.client.post('/v1/sign-ins', { name: 'Li' }, from('192.0.2.20'))
    expect([(await signIn()).statusCode, (await signIn()).statusCode]).toEqual([200, 200])
    expect(expectProblem(await signIn(), 'RATE_LIMITED').violatedPolicies).toEqual(['login'])
    expect((await read('192.0.2.20')).statusCode).toBe(200)
  })

  it('counts wrong tokens for the address, so that guessing ends', async () => {
    const guess = (index: number) =>
      platform.client.as(`guessed-token-number-${index}`).get('/v1/things', from('192.0.2.30'))
    for (let index = 0; index < 5; index += 1) expectProblem(await guess(index), 'UNAUTHENTICATED')
    expectProblem(await guess(5), 'RATE_LIMITED')
    expect((await platform.as('carol').get('/v1/things', from('192.0.2.30'))).statusCode).toBe(200)
  })

  it('counts what a role may not do', async () => {
    const dave = () => platform.as('dave').post('/v1/things', {}, from('192.0.2.40'))
    for (let count = 0; count < 5; count += 1) await dave()
    expectProblem(await dave(), 'RATE_LIMITED')
  })
})

describe('rateLimitKey', () => {
  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8::1', '2001:db8:0:0:9::'],
    ['2001:db8::1', '2001:DB8:0000:0000:0:0:0:1'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
    ['::1', '::2'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('takes %s and %s for one caller (API-RL-4)', (one, other) => {
    expect(rateLimitKey(anonymous, one)).toBe(rateLimitKey(anonymous, other))
  })

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['2001:db8::1', '2001:db8:0:1::1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
    ['192.0.2.1', '192.0.2.2'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(rateLimitKey(anonymous, one)).not.toBe(rateLimitKey(anonymous, other))
  })

  it('is the user where there is one', () => {
    const principal = principalWith({})
    expect(rateLimitKey(principal, '192.0.2.1')).toBe(principal.userId)
  })
})

describe('the memory of the limiter', () => {
  const policy = { name: 'test', limit: 1, windowMs: 60_000 }

  it('is bounded: a flood of addresses pushes out the oldest, not everybody', () => {
    const limiter = rateLimiter(() => 0)
    for (let index = 0; index < 100_000; index += 1) limiter.take(policy, `address ${index}`)
    limiter.take(policy, 'address 100000')
    expect(() => limiter.take(policy, 'address 99999')).toThrow(AppError)
    expect(() => limiter.take(policy, 'address 0')).not.toThrow()
  })

  it('opens a new window exactly when the old one ends', () => {
    let now = 0
    const limiter = rateLimiter(() => now)
    limiter.take(policy, 'a')
    now = 59_999
    expect(() => limiter.take(policy, 'a')).toThrow(AppError)
    now = 60_000
    expect(limiter.take(policy, 'a').ratelimit).toBe('"test";r=0;t=60')
  })
})
