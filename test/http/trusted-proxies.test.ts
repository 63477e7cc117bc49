import { describe, expect, it } from 'vitest'
import { httpServer } from '../../src/http/server.ts'
import { silentLog } from '../support/db.ts'

/** The address that the server takes for the caller's. */
async function callerAddress(trustedProxies: number | undefined): Promise<string> {
  const app = httpServer({ publicUrl: 'http://localhost', log: silentLog, hasBackpressure: false, trustedProxies })
  app.get('/ip', { config: { permission: 'public' } }, async (request) => ({ ip: request.ip }))
  const answer = await app.inject({
    url: '/ip',
    remoteAddress: '10.0.0.9',
    headers: { 'x-forwarded-for': '203.0.113.66, 198.51.100.7' },
  })
  await app.close()
  return answer.json<{ ip: string }>().ip
}

describe('the caller behind reverse proxies', () => {
  it('is who connects, as long as no proxy is trusted', async () => {
    expect(await callerAddress(undefined)).toBe('10.0.0.9')
  })

  it('is who the trusted proxy names, not what the caller wrote before it', async () => {
    expect(await callerAddress(1)).toBe('198.51.100.7')
  })
})
