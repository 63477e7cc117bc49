import { MeilisearchApiError } from 'meilisearch'
import { bothScopes, type Connection, MeilisearchIndexNotReady, settle } from './meilisearch-connection.ts'
import { settingsVersion } from './meilisearch-settings.ts'

/** `missing` was never built or is lost, `outdated` has settings of another version. */
export type IndexState = 'ready' | 'missing' | 'outdated'

type StateDocument = { id: string; version: string; builtAt: string }

const STATE_ID = 'current'
/** How long a process believes what it saw; a missing index is looked for again soon. */
const READY_MS = 60_000
const NOT_READY_MS = 2_000

/** Looks at the server: the noted version, and whether the indexes are really there. */
export async function readState(connection: Connection): Promise<IndexState> {
  const { client, stateUid, uids, embedder } = connection
  const noted = await unlessMissing(client.index<StateDocument>(stateUid).getDocument(STATE_ID))
  if (noted === undefined) return 'missing'
  if (noted.version !== settingsVersion(embedder)) return 'outdated'
  for (const scope of bothScopes) {
    const settings = await unlessMissing(client.index(uids[scope]).getSettings())
    // An index without settings was made by a write after the real one was lost.
    if (!settings?.sortableAttributes?.includes('publishedMs')) return 'missing'
  }
  return 'ready'
}

/** Notes that the indexes in use are whole and have the settings of this version. */
export async function writeState(connection: Connection): Promise<void> {
  const { client, stateUid, embedder, clock } = connection
  const document: StateDocument = {
    ...{ id: STATE_ID, version: settingsVersion(embedder), builtAt: clock.now().toISOString() },
  }
  await settle(connection, client.index(stateUid).addDocuments([document], { primaryKey: 'id' }))
}

/** The state as this process last saw it. */
export function rememberedState(connection: Connection) {
  let known: { state: IndexState; until: number } | undefined
  let looking: Promise<IndexState> | undefined
  const look = async (): Promise<IndexState> => {
    try {
      const state = await readState(connection)
      const validMs = state === 'ready' ? READY_MS : NOT_READY_MS
      known = { state, until: connection.clock.now().getTime() + validMs }
      return state
    } finally {
      looking = undefined
    }
  }
  /** All that ask at the same time share one look. */
  const current = async (): Promise<IndexState> => {
    if (known !== undefined && connection.clock.now().getTime() < known.until) return known.state
    looking ??= look()
    return looking
  }
  return {
    current,
    forget: () => {
      known = undefined
    },
    /** @throws MeilisearchIndexNotReady rather than let an empty index answer. */
    assertReady: async () => {
      const state = await current()
      if (state !== 'ready') throw new MeilisearchIndexNotReady(`the index is ${state}; npm run reindex builds it`)
    },
  }
}

/** Undefined when the server says that there is no such index or document. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.response.status === 404) return undefined
    throw error
  }
}
