import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { bundleForNode } from '../support/bundle.ts'
import { freePort } from '../support/product.ts'
import { secretKey } from './workers.ts'

/** API processes on machines whose clocks are wrong by so many ms: `new Date()` and `Date.now()` there say so. */
export function useSkewedApis(): (url: string, skewMs: number) => Promise<{ origin: string }> {
  let server = ''
  const children: ChildProcess[] = []
  beforeAll(async () => {
    server = await bundleForNode('src/server.ts')
  })
  afterAll(async () => {
    for (const child of children) {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    }
  })
  return async (url, skewMs) => {
    const port = await freePort()
    const settings = { SECRET_KEY: secretKey, DEMO: 'off', LOG_LEVEL: 'fatal', DATABASE_POOL_SIZE: '4' }
    const env = { ...settings, DATABASE_URL: url, PORT: String(port) }
    children.push(fork(server, { env, execArgv: ['--import', preloadOf(skewMs)] }))
    const origin = `http://127.0.0.1:${port}`
    const isUp = async () =>
      expect(await isReady(origin), `the API is ready whose clock is ${skewMs} ms off`).toBe(true)
    await vi.waitFor(isUp, { timeout: 60_000, interval: 100 })
    return { origin }
  }
}

function preloadOf(skewMs: number): string {
  const code = `
    const Real = Date
    globalThis.Date = class extends Real {
      constructor(...given) { given.length === 0 ? super(Real.now() + ${skewMs}) : super(...given) }
      static now() { return Real.now() + ${skewMs} }
    }`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}
