import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { bodyOf } from '../../support/given.ts'
import type { BigMarket } from './market.ts'

/** How long each request took, counted from when it was due, by kind; what failed, how often; how many a second were sent. */
export type RequestFigures = { ms: Record<Kind, number[]>; failures: Map<string, number>; perSecond: number }

/** Of a hundred requests: who writes one listing has read many. Two cores carry some 300 of this mix a second. */
const shares = { read: 47, page: 15, notices: 15, search: 13, draft: 4, patch: 3, submit: 2, login: 1 } as const
type Kind = keyof typeof shares
const kinds = Object.keys(shares) as Kind[]
const course = kinds.flatMap((kind) => Array.from({ length: shares[kind] }, () => kind))
const words = ['压铸', '壳体 轻量化', '电池', '传感器', '高分子 材料', '机器人', '激光焊接', '催化剂']

type Sent = { path: string; method?: 'GET' | 'POST' | 'PATCH'; body?: unknown; etag?: string | undefined }
type Answer = { id: string; etag: string | undefined; page?: { nextCursor: string | null } }
type Draft = { id: string; etag: string | undefined }

/** So many requests a second of members who search, read, page, write and sign in, whatever the answers take. */
export function startRequests(origin: string, market: BigMarket, perSecond: number) {
  const dispatcher = new Agent({ connections: 100 })
  const send = senderTo(origin, market.token, dispatcher)
  const ms = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as RequestFigures['ms']
  const failures = new Map<string, number>()
  const running = new Set<Promise<void>>()
  const acts = actsOf(market, send)
  const startedAt = performance.now()
  const dueAt = (n: number) => startedAt + (n / perSecond) * 1_000
  const one = async (n: number) => {
    // 37 and 100 have no common factor: each hundred is mixed, and every share is met.
    const kind = course[(n * 37) % course.length] ?? 'read'
    await acts[kind](n).catch((error: Error) => {
      const told = `${kind}: ${error.message}`
      failures.set(told, (failures.get(told) ?? 0) + 1)
    })
    ms[kind].push(performance.now() - dueAt(n))
  }
  let count = 0
  const timer = setInterval(() => {
    while (dueAt(count) <= performance.now()) {
      const sent = one(count++)
      running.add(sent)
      sent.finally(() => running.delete(sent))
    }
  }, 5)
  const stop = async (): Promise<RequestFigures> => {
    clearInterval(timer)
    const seconds = (performance.now() - startedAt) / 1_000
    await Promise.all(running)
    await dispatcher.close()
    return { ms, failures, perSecond: count / seconds }
  }
  return { stop, stopAfter: (ms: number) => sleep(ms).then(stop) }
}

type Send = (what: Sent) => Promise<Answer>

function senderTo(origin: string, token: string, dispatcher: Agent): Send {
  return async ({ path, method = 'GET', body, etag }) => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (etag !== undefined) headers['if-match'] = etag
    const answer = await request(encodeURI(`${origin}${path}`), {
      ...{ method, dispatcher, headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 400) {
      const { code, detail } = JSON.parse(text) as { code: string; detail: string }
      throw new Error(`${answer.statusCode} ${code} ${detail}`)
    }
    return { ...(JSON.parse(text) as Answer), etag: answer.headers.etag?.toString() }
  }
}

/** One request each. Who has no draft at hand stores one. */
function actsOf({ demandIds, supplyIds, email, password }: BigMarket, send: Send) {
  const [stored, changed]: [Draft[], Draft[]] = [[], []]
  let cursor: string | null = null
  const draft = async (n: number) => {
    const { id, etag } = await send({
      path: '/v1/demands',
      method: 'POST',
      body: bodyOf(demandKind, { title: `压铸壳体需求 ${n}` }),
    })
    stored.push({ id, etag })
  }
  return {
    draft,
    read: (n) => {
      const [path, ids] = n % 2 === 0 ? ['demands', demandIds] : ['supplies', supplyIds]
      return send({ path: `/v1/${path}/${ids[n % ids.length]}` })
    },
    search: (n) => send({ path: `/v1/search?limit=20&q=${words[n % words.length]}` }),
    page: async () => {
      const { page } = await send({ path: `/v1/supplies?limit=20${cursor === null ? '' : `&cursor=${cursor}`}` })
      cursor = page?.nextCursor ?? null
    },
    notices: () => send({ path: '/v1/notifications?limit=20' }),
    patch: async (n) => {
      const one = stored.shift()
      if (one === undefined) return draft(n)
      const { id, etag } = await send({
        ...{ path: `/v1/demands/${one.id}`, method: 'PATCH', etag: one.etag },
        body: { title: `压铸壳体需求 ${n} 改` },
      })
      changed.push({ id, etag })
    },
    submit: async (n) => {
      const one = changed.shift()
      if (one === undefined) return draft(n)
      await send({ path: `/v1/demands/${one.id}/submit`, method: 'POST', body: {} })
    },
    login: () => send({ path: '/v1/auth/login', method: 'POST', body: { email, password } }),
  } satisfies Record<Kind, (n: number) => Promise<unknown>>
}
