import { text } from 'node:stream/consumers'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { problemCatalogue } from '../../src/http/problem-catalogue.ts'
import type { ErrorCode, FieldError } from '../../src/kernel/errors.ts'

export type HttpResponse = LightMyRequestResponse
/** An event stream never ends, so what it sends cannot be waited for. */
async function bodyUnlessStream(response: HttpResponse): Promise<HttpResponse> {
  const isStream = String(response.headers['content-type']).startsWith('text/event-stream')
  const body = isStream ? '' : await text(response.stream())
  return Object.assign(response, { body })
}

type Options = {
  payloadAsStream?: true
  headers?: Record<string, string>
  query?: Record<string, string>
  remoteAddress?: string
}
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type Send = (url: string, body?: unknown, options?: Options) => Promise<HttpResponse>

export type HttpClient = {
  /** The same client with an access token. */
  as(token: string): HttpClient
  get(url: string, options?: Options): Promise<HttpResponse>
  /** A GET of an event stream: its answer, and of the stream nothing. */
  open(url: string, options?: Options): Promise<HttpResponse>
  post: Send
  patch: Send
  put: Send
  delete: Send
}

/** Requests without a socket: `call(app).as(token).post('/v1/things', body, { headers })`. */
export function call(app: Pick<FastifyInstance, 'inject'>, token?: string): HttpClient {
  // Awaited here, because Fastify sends an injected request only when somebody waits for it.
  const inject = async (method: Method, url: string, sent: Options & { body?: unknown }) => {
    const { body, headers, ...rest } = sent
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const payload = body === undefined ? {} : { payload: body as NonNullable<InjectOptions['payload']> }
    return await app.inject({ method, url, ...rest, headers: { ...authorization, ...headers }, ...payload })
  }
  const send =
    (method: Exclude<Method, 'GET'>): Send =>
    (url, body, options) =>
      inject(method, url, { ...options, body })
  return {
    as: (other) => call(app, other),
    get: (url, options = {}) => inject('GET', url, options),
    open: async (url, options = {}) =>
      bodyUnlessStream(await inject('GET', url, { ...options, payloadAsStream: true })),
    post: send('POST'),
    patch: send('PATCH'),
    put: send('PUT'),
    delete: send('DELETE'),
  }
}

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: ErrorCode
  requestId: string
  retryable: boolean
  errors?: FieldError[]
  [extra: string]: unknown
}

type Answer = Pick<HttpResponse, 'statusCode' | 'headers' | 'body'>

/** Asserts a complete RFC 9457 problem with the catalogue's status, and that nothing internal stands in it. */
export function expectProblem(response: Answer, code: ErrorCode): Problem {
  const { status, retryable } = problemCatalogue[code]
  expect(response.headers['content-type'], response.body).toBe('application/problem+json; charset=utf-8')
  const problem = JSON.parse(response.body) as Problem
  const requestId = response.headers['x-request-id']
  expect(problem, response.body).toMatchObject({
    type: expect.stringMatching(new RegExp(`^https?://.+/problems/${code}$`)),
    title: expect.stringMatching(/\S/),
    detail: expect.stringMatching(/\S/),
    instance: `urn:request:${requestId}`,
    requestId,
    code,
    status,
    retryable,
  })
  expect(response.statusCode).toBe(status)
  expect(response.headers['content-language']).toMatch(/^(en|zh-CN)$/)
  if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Bearer /)
  if (status === 429 || status === 503) expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
  expectNothingInternal(response.body)
  return problem
}

/** No stack frames, SQL, driver texts or file names. */
export function expectNothingInternal(body: string): void {
  expect(body).not.toMatch(/\bat \S+ \(|\.[jt]s:\d+|node_modules|node:internal/)
  expect(body).not.toMatch(/Failed query|\bselect\b.+\bfrom\b|\binsert into\b|\$\d\b|TypeError|violates|SQLSTATE/i)
}
