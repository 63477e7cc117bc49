import { isIP } from 'node:net'
import { Agent, request } from 'undici'
import type {
  AddressRefusal,
  SendFailure,
  WebhookAnswer,
  WebhookMessage,
  WebhookSender,
} from '../../ports/webhook-sender.ts'
import { AddressRefusedError, checkedAddresses, guardedLookup, type Resolve, systemResolve } from './guarded-lookup.ts'
import { readExcerpt } from './read-excerpt.ts'
import { type AddressRules, hostOf, spellingRefusal } from './spelling-refusal.ts'

export type HttpWebhookOptions = AddressRules & {
  /** The whole attempt: name, connection, answer and body. */
  timeoutMs?: number
  /** Tests give a resolver of their own. */
  resolve?: Resolve
}

const defaultTimeoutMs = 15_000
const connectTimeoutMs = 5_000
/** The name is resolved while a request waits, and may be inside its transaction. */
const resolveTimeoutMs = 3_000

/**
 * Webhooks over HTTP/1.1. The connections are our own: no proxy of the environment, no redirects, and every one of them
 * goes through the guarded lookup (RELIABILITY SSRF-2).
 */
export function httpWebhookSender(options: HttpWebhookOptions): WebhookSender {
  const { timeoutMs = defaultTimeoutMs, resolve = systemResolve, allowsHttp } = options
  const agent = new Agent({
    connect: { lookup: guardedLookup(resolve, { allowsHttp }), timeout: Math.min(connectTimeoutMs, timeoutMs) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
  })
  return {
    refusalOf: async (text) => {
      const refusal = spellingRefusal(text, options)
      if (refusal !== undefined) return refusal
      const host = hostOf(new URL(text))
      return isIP(host) === 0 ? nameRefusal(host, { resolve, allowsHttp }) : undefined
    },
    send: async (message) => {
      const startedAt = performance.now()
      const answer = await attempt(agent, message, { ...options, timeoutMs })
      return { ...answer, latencyMs: Math.round(performance.now() - startedAt) }
    },
    close: () => agent.destroy(),
  }
}

type Unmeasured = Omit<WebhookAnswer, 'latencyMs'>

async function attempt(
  dispatcher: Agent,
  { url, headers, body }: WebhookMessage,
  { timeoutMs, ...rules }: AddressRules & { timeoutMs: number },
): Promise<Unmeasured> {
  // An address in the URL itself is never looked up, so the lookup would not see it.
  if (spellingRefusal(url, rules) !== undefined) return { failure: 'address_refused', excerpt: '' }
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await request(url, { dispatcher, method: 'POST', headers, body, signal })
    const retryAfter = response.headers['retry-after']
    return {
      statusCode: response.statusCode,
      ...(typeof retryAfter === 'string' && { retryAfter }),
      excerpt: await readExcerpt(response.body),
    }
  } catch (error) {
    return { failure: failureOf(error), excerpt: '' }
  }
}

function failureOf(error: unknown): SendFailure {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof AddressRefusedError) return 'address_refused'
    if (/^(TimeoutError|AbortError|HeadersTimeoutError|BodyTimeoutError|ConnectTimeoutError)$/.test(current.name)) {
      return 'timeout'
    }
  }
  return 'connection'
}

async function nameRefusal(
  host: string,
  { resolve, allowsHttp }: AddressRules & { resolve: Resolve },
): Promise<AddressRefusal | undefined> {
  const patience = AbortSignal.timeout(resolveTimeoutMs)
  const tooSlow = new Promise<never>((_, reject) => {
    patience.addEventListener('abort', () => reject(new Error('the resolver does not answer')))
  })
  try {
    await Promise.race([checkedAddresses(resolve, { allowsHttp }, host), tooSlow])
    return undefined
  } catch {
    // One answer for all of it: whether an internal name exists is nobody's business.
    return { code: 'host_not_public', hint: 'the host name does not lead to the public internet' }
  }
}
