import { type EnqueuedTask, Meilisearch } from 'meilisearch'
import type { Clock } from '../../kernel/clock.ts'
import type { SearchScope } from '../../ports/search-engine.ts'
import type { MeilisearchEmbedder } from './meilisearch-settings.ts'

export type MeilisearchOptions = {
  url: string
  key?: string | undefined
  /** Within which a search is answered or fails. */
  timeoutMs: number
  clock: Clock
  /** Name of the index; others begin with it. */
  indexUid?: string
  embedder?: MeilisearchEmbedder | undefined
}

export type Connection = {
  client: Meilisearch
  /** The same with the patience of a search. */
  hasty: Meilisearch
  /**
   * Two indexes, swapped together: whoever may not read the body searches one that has none. Restricting a search to some
   * attributes would do for words, but phrases are looked up across all of them.
   */
  uids: Record<SearchScope, string>
  /** One document that says which version of settings is in use. */
  stateUid: string
  embedder: MeilisearchEmbedder | undefined
  timeoutMs: number
  clock: Clock
}

/** The server refused or failed to do what it had taken on. */
export class MeilisearchTaskFailed extends Error {
  override readonly name = 'MeilisearchTaskFailed'
}

/** There is no index that may answer: never built, of other settings, or lost. */
export class MeilisearchIndexNotReady extends Error {
  override readonly name = 'MeilisearchIndexNotReady'
}

/** Writing 1,000 documents takes a second or two; a settings task of a large index much longer. */
const REQUEST_TIMEOUT_MS = 10_000
const TASK_TIMEOUT_MS = 10 * 60_000
const TASK_POLL_MS = 20

export function connectMeilisearch(options: MeilisearchOptions): Connection {
  const { url, key, timeoutMs, clock, indexUid = 'listings', embedder } = options
  // The client itself would wait for ever.
  const server = { host: url, ...(key === undefined ? {} : { apiKey: key }) }
  const client = new Meilisearch({ ...server, timeout: REQUEST_TIMEOUT_MS })
  const hasty = new Meilisearch({ ...server, timeout: timeoutMs })
  const uids = { member: indexUid, teaser: `${indexUid}_teaser` }
  return { client, hasty, uids, stateUid: `${indexUid}_state`, embedder, timeoutMs, clock }
}

/** Waits for the end of a task. The client resolves for failed ones, too. @throws MeilisearchTaskFailed */
export async function settle({ client }: Connection, enqueued: Promise<EnqueuedTask>): Promise<void> {
  const { taskUid } = await enqueued
  const task = await client.tasks.waitForTask(taskUid, { timeout: TASK_TIMEOUT_MS, interval: TASK_POLL_MS })
  if (task.status === 'succeeded') return
  throw new MeilisearchTaskFailed(`${task.type} ${taskUid} ${task.status}: ${task.error?.code ?? 'no reason given'}`)
}

export const bothScopes = ['member', 'teaser'] as const satisfies readonly SearchScope[]
