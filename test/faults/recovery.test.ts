import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildProduct, freePort, type Product, processesOn, startProduct } from '../support/product.ts'
import { sized } from './size.ts'

const run = promisify(execFile)
const dataDir = join(tmpdir(), `queqiao-recovery-${process.pid}`)
const readyWithinMs = 10_000
const rounds = sized({ short: 1, long: 10 })
let port = 0
let product: Product | undefined

const start = () => startProduct({ dataDir, port, env: { DEMO: 'off' } })
const becomesReady = (wanted: boolean, { timeout = 60_000, interval = 20 } = {}) =>
  vi.waitFor(async () => expect(await isReady(), 'whether it is ready').toBe(wanted), { timeout, interval })
const isReady = () =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

beforeAll(async () => {
  await buildProduct()
  port = await freePort()
}, 120_000)
afterEach(async () => {
  await product?.stop()
  product = undefined
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

describe('npm start', () => {
  it(`is ready within 10 s after supervisor, workers and PostgreSQL were all killed, ${rounds} times`, async () => {
    product = await start()
    for (let round = 0; round < rounds; round += 1) {
      await killEverything(product)
      const startedAt = performance.now()
      const starting = start()
      await becomesReady(true)
      const ms = Math.round(performance.now() - startedAt)
      product = await starting
      process.stdout.write(`ready ${ms} ms after kill -9 of everything\n`)
      expect(ms).toBeLessThan(readyWithinMs)
    }
  })

  it('serves again within 10 s after PostgreSQL was killed, without being started anew', async () => {
    product = await start()
    for (let round = 0; round < rounds; round += 1) {
      process.kill(await postmaster(), 'SIGKILL')
      const killedAt = performance.now()
      await becomesReady(false, { timeout: 5_000, interval: 5 })
      await becomesReady(true)
      expect(performance.now() - killedAt).toBeLessThan(readyWithinMs)
    }
  })

  it('leaves nothing running after a second signal that cuts the stop short', async () => {
    product = await start()
    // A request that never ends keeps the stop waiting.
    const open = await halfRequest()
    const ended = product.stop()
    await sleep(1_000)
    const second = product.stop()
    expect([await ended, await second]).toEqual([1, 1])
    open.destroy()
    await vi.waitFor(async () => expect(await processesOn(dataDir)).toEqual([]), { timeout: 10_000, interval: 100 })
    product = undefined
  })
})

async function postmaster(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

/** The supervisor first, so that it starts nothing again; then its worker, and PostgreSQL with its backends. */
async function killEverything({ kill, pid }: Product): Promise<void> {
  const children = [...(await childrenOf(pid)), ...(await childrenOf(await postmaster()))]
  const database = await postmaster()
  await kill()
  for (const child of [...children, database]) {
    try {
      process.kill(child, 'SIGKILL')
    } catch {
      // It ended with its parent.
    }
  }
  await vi.waitFor(async () => expect(await processesOn(dataDir)).toEqual([]))
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.split('\n').flatMap((line) => (line.trim() === '' ? [] : [Number(line)]))
}

function halfRequest(): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        'POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{',
      )
      setTimeout(() => resolve(socket), 200)
    })
    socket.on('error', () => undefined)
  })
}
