import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  buildProduct,
  freePort,
  type Product,
  processesOn,
  readmeTour,
  startProduct,
  startRefused,
} from '../support/product.ts'

const run = promisify(execFile)
const dataDir = join(tmpdir(), `queqiao-first-run-${process.pid}`)
let port = 0
let product: Product | undefined

type User = {
  email: string
  password: string
  role: string
  organisation: string
  organisationKind: string
  market: string
}

async function users(): Promise<User[]> {
  return JSON.parse(await readFile(join(dataDir, 'demo-credentials.json'), 'utf8')).users
}

async function call<T>(path: string, options: { token?: string; body?: unknown } = {}): Promise<T> {
  const headers: Record<string, string> = {}
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  const answer = await fetch(`http://127.0.0.1:${port}/v1${path}`, {
    method: options.body === undefined ? 'GET' : 'POST',
    headers,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

async function signIn(kind: string, role: string): Promise<string> {
  const user = (await users()).find(
    (one) => one.organisationKind === kind && one.role === role && one.market.startsWith('ningbo'),
  )
  const { email, password } = user ?? { email: '', password: '' }
  return (await call<{ accessToken: string }>('/auth/login', { body: { email, password } })).accessToken
}

const demandBody = (number: number) => ({
  market: 'ningbo',
  title: `混合动力双电机壳体高气密压铸需求 ${number}`,
  problem: '现有双电机壳体压铸件气孔率高，冷却流道换热不足，重量偏大。',
  fields: ['advanced-manufacturing'],
  industries: ['C36'],
  cooperationModes: ['joint_development', 'ordinary_licence', 'entrusted_development'],
  trlMin: 4,
  budgetMaxFen: 500_000_000,
})

async function publishDemand(token: string, number: number): Promise<string> {
  const { id } = await call<{ id: string }>('/demands', { token, body: demandBody(number) })
  const { state } = await call<{ state: string }>(`/demands/${id}/submit`, { token, body: {} })
  expect(state).toBe('published')
  return id
}

type Claimed = { data: { id: string; leaseToken: string }[] }

/** Asks for an item of the demand until there is one. @returns it and the time that it took. */
async function claimWithin(
  token: string,
  demandId: string,
  limitMs: number,
): Promise<{ item: Claimed['data'][0]; ms: number }> {
  const startedAt = performance.now()
  for (;;) {
    const { data } = await call<Claimed>('/review-queue/claims', { token, body: { limit: 1, demandId } })
    const ms = performance.now() - startedAt
    if (data[0] !== undefined) return { item: data[0], ms }
    if (ms > limitMs) throw new Error(`no review item for ${demandId} within ${limitMs} ms`)
    await sleep(50)
  }
}

beforeAll(async () => {
  await mkdir(dataDir, { recursive: true, mode: 0o755 })
  await buildProduct()
  port = await freePort()
  product = await startProduct({ dataDir, port })
}, 120_000)

afterAll(async () => {
  await product?.stop()
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

describe('npm start on an empty machine', () => {
  it('has one account per role and one organisation per kind in each market, in a file for its owner alone', async () => {
    const all = await users()
    expect(new Set(all.map(({ role }) => role))).toEqual(new Set(['owner', 'member', 'broker', 'operator']))
    for (const market of ['ningbo', 'jiangsu', 'ganxian']) {
      const kinds = new Set(all.filter((one) => one.market.startsWith(market)).map((one) => one.organisationKind))
      expect([market, kinds.size]).toEqual([market, 6])
    }
    expect((await stat(join(dataDir, 'demo-credentials.json'))).mode & 0o777).toBe(0o600)
  })

  it('shows a newcomer an introduction whose sides write to each other, and one that waits for an answer', async () => {
    const operator = await signIn('market_operator', 'operator')
    const states = async () => {
      const { data } = await call<{ data: { state: string }[] }>('/introductions', { token: operator })
      return data.map(({ state }) => state).sort()
    }
    await expect.poll(states, { timeout: 60_000 }).toEqual(['asked', 'in_contact'])
  }, 70_000)

  it('carries a demand to the broker and the decision to both sides', async () => {
    const enterprise = await signIn('enterprise', 'owner')
    const broker = await signIn('broker_firm', 'broker')
    const demandId = await publishDemand(enterprise, 1)
    const { item, ms } = await claimWithin(broker, demandId, 30_000)
    process.stdout.write(`publish → broker's queue: ${Math.round(ms)} ms\n`)
    const read = await call<{ match: { score: number; parts: unknown[]; explanation: string[] }; supplyId: string }>(
      `/review-items/${item.id}`,
      { token: broker },
    )
    expect(read.match.score).toBeGreaterThan(0.5)
    expect(read.match.parts.length).toBeGreaterThan(2)
    expect(read.match.explanation.join()).toMatch(/[\u4e00-\u9fff]/)
    const body = { leaseToken: item.leaseToken, decision: 'approve' }
    await call(`/review-items/${item.id}/decision`, { token: broker, body })
    await expect.poll(() => kindsOf(enterprise), { timeout: 10_000 }).toContain('match.approved.demand')
  })

  it('runs the tour of the README as it stands', { timeout: 90_000 }, async () => {
    if (product === undefined) throw new Error('not started')
    const { stdout, stderr } = await run('bash', ['-c', await readmeTour(product)])
    expect(stderr).toBe('')
    expect(stdout).toContain('混动')
    expect(stdout).toContain("[ 'published', 'green' ]")
    expect(stdout).toContain('经纪人认可的概率')
    expect(stdout).toContain("[ 'decided', 'approve' ]")
    expect(stdout).toContain('经技术经纪人确认匹配')
    expect(stdout).toMatch(/data: .*"priceFen":44000000/)
    expect(stdout).toMatch(/\[ 'leading', \d{3}, 44000000 \]/)
    expect(stdout).toContain('did you mean "title"?')
  })

  it('has a session with a lot that runs, one to come, one that found nobody, and open licences', async () => {
    type Lot = { state: string; outcome?: string; bidCount: number; endsAt: string }
    const { data: lots } = await call<{ data: Lot[] }>('/auctions?market=jiangsu')
    expect(lots.map(({ state, outcome }) => outcome ?? state)).toEqual(
      expect.arrayContaining(['open', 'announced', 'unsold']),
    )
    const inAWeek = lots.find(
      ({ state, endsAt }) => state === 'open' && Date.parse(endsAt) > Date.now() + 6 * 86_400_000,
    )
    expect(inAWeek?.bidCount).toBeGreaterThan(1)
    expect((await call<{ data: unknown[] }>('/open-licences?market=jiangsu')).data).toHaveLength(2)
  })

  it('goes on after kill -9: same accounts, same data, queued work done', { timeout: 90_000 }, async () => {
    const before = await users()
    const enterprise = await signIn('enterprise', 'owner')
    const ids = [await publishDemand(enterprise, 2), await publishDemand(enterprise, 3)]
    await product?.kill()
    product = await startProduct({ dataDir, port })
    expect(await users()).toEqual(before)
    const broker = await signIn('broker_firm', 'broker')
    for (const id of ids) expect((await claimWithin(broker, id, 30_000)).item.id).toMatch(/^rev_/)
  })

  it('refuses a taken port, a second start on its data and a wrong configuration in one sentence', async () => {
    const taken = await startRefused({ dataDir: `${dataDir}-other`, port })
    expect([taken.code, taken.output]).toEqual([1, expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)])
    const second = await startRefused({ dataDir, port: await freePort() })
    expect([second.code, second.output]).toEqual([1, expect.stringContaining('Queqiao cannot start.')])
    const wrong = await startRefused({ dataDir, port, env: { SECRET_KEY: 'short' } })
    expect([wrong.code, wrong.output]).toEqual([
      78,
      'Configuration is wrong. SECRET_KEY: must have at least 32 characters\n',
    ])
    expect(wrong.output).not.toContain('short"')
  })

  it('stops cleanly and leaves no process behind', { timeout: 60_000 }, async () => {
    expect(await product?.stop()).toBe(0)
    expect(await processesOn(dataDir)).toEqual([])
    product = undefined
  })
})

async function kindsOf(token: string): Promise<string[]> {
  const { data } = await call<{ data: { kind: string }[] }>('/notifications', { token })
  return data.map(({ kind }) => kind)
}
