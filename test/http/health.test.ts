import { describe, expect, it } from 'vitest'
import type { Readiness } from '../../src/http/health.ts'
import { expectProblem } from '../support/http.ts'
import { usePlatform } from './platform.ts'

let readiness: Readiness | Error = { isReady: true, checks: { database: 'ok' } }
const platform = usePlatform({
  generalLimit: 1,
  readiness: async () => {
    if (readiness instanceof Error) throw readiness
    return readiness
  },
})

describe('/readyz (OPS-1)', () => {
  it('tells what was checked', async () => {
    readiness = { isReady: true, checks: { database: 'ok', outbox: 'degraded' } }
    const response = await platform.client.get('/readyz')
    expect([response.statusCode, response.json()]).toEqual([200, { status: 'ready', checks: readiness.checks }])
  })

  it('is a problem with the checks when the server is not ready', async () => {
    readiness = { isReady: false, checks: { database: 'failed', schema: 'ok' } }
    const problem = expectProblem(await platform.client.get('/readyz'), 'UNAVAILABLE')
    expect(problem.checks).toEqual({ database: 'failed', schema: 'ok' })
  })

  it('is a problem when the check itself fails', async () => {
    readiness = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
    const response = await platform.client.get('/readyz')
    expectProblem(response, 'UNAVAILABLE')
    expect(response.body).not.toContain('5432')
  })
})

describe('/livez (OPS-1)', () => {
  it('needs neither sign-in nor database nor a place in the rate limit', async () => {
    for (let count = 0; count < 5; count += 1) {
      expect((await platform.client.get('/livez')).json()).toEqual({ status: 'ok' })
    }
  })
})

describe('/metrics', () => {
  it('counts requests by route pattern, never by the path itself', async () => {
    await platform.client.get('/v1/shelves/a-private-name/things')
    await platform.client.get('/v1/unknown/another-private-name')
    const response = await platform.client.get('/metrics')
    expect(response.headers['content-type']).toMatch(/^text\/plain/)
    expect(response.body).toContain('route="/v1/shelves/:shelf/things",status="200"')
    expect(response.body).toMatch(/method="GET",route="unknown",status="404"/)
    expect(response.body).not.toContain('private-name')
    expect(response.body).toContain('nodejs_eventloop_lag_seconds')
  })
})
