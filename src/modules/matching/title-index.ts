import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import { passesGates } from './domain/gates.ts'
import type { Prepared } from './domain/prepare.ts'
import type { ScoreModel } from './domain/score-model.ts'
import type { TextModel } from './domain/text-model.ts'
import { addTitle } from './domain/titles/add-title.ts'
import { factsAt } from './domain/titles/facts-at.ts'
import { scanTitles } from './domain/titles/scan-titles.ts'
import { findSlot } from './domain/titles/slot-table.ts'
import { type TitleQuery, titleQuery } from './domain/titles/title-query.ts'
import { dropTitle, keyLength, type TitleStore, titleStore } from './domain/titles/title-store.ts'
import type { ReadTrait } from './domain/titles/title-traits.ts'
import type { ListingKind } from './domain/types.ts'
import { findChangeCursor, listChangedTitles, listTitlesAfter, type TitleRow } from './title-repo.ts'

/** Who asks, prepared by the index's text model. With a day, only for listings whose gates are open on it. */
export type TitleSearch = { own: Prepared; model: ScoreModel; gatedOn?: string | undefined }

export type TitleIndex = {
  size: number
  /**
   * UUIDs of the best listings of other organisations, best first. Computes 4 ms among 300,000 titles, so it lets nobody
   * else run meanwhile.
   */
  search: (query: TitleSearch, wanted: number) => string[]
  /** Those that a search would let pass, were they good enough; who is unknown passes. */
  admitted: (query: TitleSearch, uuids: readonly string[]) => string[]
}

/** Forgets these listings, but for versions that came after it was made: somebody may have come back to the market. */
export type Forget = (uuids: readonly string[]) => void

type Held = {
  store: TitleStore
  loadedTitles: number
  cursor: string
  /** Uuid and transaction of what was read since the cursor, so that it is not added twice. */
  recent: Set<string>
}

const pageSize = 5_000
/** Versions that were added since it was read count against it; a side that grew by half is read anew. */
const leastGrowth = 50_000

/** The process's one copy of each side of a database, read when it is first asked for: 47 µs a title (14 s for 300,000), 170 MB for a million. */
const heldByDatabase = new WeakMap<object, Map<ListingKind, Promise<Held>>>()

/**
 * The titles of a side as of now: all that is committed when it is called will be found. Read anew when the text model
 * is another, which the schedule does once a night. Who says what it will search for has its query made meanwhile.
 */
export async function titleIndexOf(
  db: Db,
  { kind, textModel, asker }: { kind: ListingKind; textModel: TextModel; asker?: TitleSearch },
): Promise<TitleIndex> {
  const index = await heldOf(db, kind, textModel)
  const { store } = index
  const caughtUp = catchUp(db, kind, index)
  // An error has to wait for the query; without a listener it would end the process.
  caughtUp.catch(() => undefined)
  const early = asker && (await queryMeanwhile(store, asker))
  await caughtUp
  return {
    size: store.size - store.dropped.size,
    search: (query, wanted) => search(store, query, { wanted, early }),
    admitted: (query, uuids) => {
      const admits = admissionBy(store, query)
      return uuids.filter((uuid) => admits(findSlot(store.slots, store, bytesOf(uuid))))
    },
  }
}

/** A query, and of how many codes it knows: one for a unit that came later would be missing in it. */
type Early = { search: TitleSearch; query: TitleQuery; codes: number }

/** Takes 0.9 ms, for half of which the database would be waited for. The statements are on their way before it takes the thread. */
async function queryMeanwhile(store: TitleStore, search: TitleSearch): Promise<Early> {
  await nextTurn()
  return { search, query: titleQuery(store, search.own, search.model), codes: store.idf.length }
}

/** To be asked for before the look that tells who has left. */
export async function forgetterOf(db: Db, kind: ListingKind): Promise<Forget> {
  const index = await heldFrom(db).get(kind)
  if (index === undefined) return () => undefined
  const { store } = index
  const known = store.size
  return (uuids) => {
    for (const uuid of uuids) {
      const slot = findSlot(store.slots, store, bytesOf(uuid))
      if (slot !== undefined && slot < known) dropTitle(store, slot)
    }
  }
}

async function heldOf(db: Db, kind: ListingKind, textModel: TextModel): Promise<Held> {
  const held = heldFrom(db)
  const promise = held.get(kind)
  const index = await promise
  if (index !== undefined && index.store.textModel.version === textModel.version && !isWorn(index)) return index
  // Another caller may have begun meanwhile; only one reads.
  const begun = held.get(kind)
  if (begun !== undefined && begun !== promise) return begun
  const reading = readSide(db, kind, textModel)
  held.set(kind, reading)
  reading.catch(() => held.delete(kind))
  return reading
}

function heldFrom(db: Db): Map<ListingKind, Promise<Held>> {
  const client = (db as Db & { $client: object }).$client
  const known = heldByDatabase.get(client) ?? new Map<ListingKind, Promise<Held>>()
  heldByDatabase.set(client, known)
  return known
}

function isWorn({ store, loadedTitles }: Held): boolean {
  return store.size - loadedTitles > Math.max(leastGrowth, loadedTitles / 2)
}

async function readSide(db: Db, kind: ListingKind, textModel: TextModel): Promise<Held> {
  const cursor = await findChangeCursor(db)
  const store = titleStore(textModel)
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await listTitlesAfter(db, kind, { after, limit: pageSize })
    for (const row of rows) addRow(store, row)
    after = rows.at(-1)?.uuid ?? after
    if (rows.length < pageSize) return { store, loadedTitles: store.size, cursor, recent: new Set() }
    await nextTurn()
  }
}

/** Adds what was committed since. A transaction that stays open keeps the cursor back, never a listing out. */
async function catchUp(db: Db, kind: ListingKind, index: Held): Promise<void> {
  const { cursor, rows } = await listChangedTitles(db, kind, index.cursor)
  const read = new Set<string>()
  for (const row of rows) {
    const version = `${row.uuid} ${row.xid}`
    if (!index.recent.has(version) && !read.has(version)) addRow(index.store, row)
    read.add(version)
  }
  for (const version of read) index.recent.add(version)
  // Nobody else moved on while the rows were read: what stands before the new cursor will not be read again.
  if (BigInt(cursor) > BigInt(index.cursor)) {
    index.recent = read
    index.cursor = cursor
  }
}

function search(
  store: TitleStore,
  query: TitleSearch,
  { wanted, early }: { wanted: number; early: Early | undefined },
): string[] {
  const isReady = early?.search === query && early.codes === store.idf.length
  const asked = isReady ? early.query : titleQuery(store, query.own, query.model)
  const found = scanTitles(store, asked, wanted, admissionBy(store, query))
  return uuidsOf(
    store,
    found.map(({ slot }) => slot),
  )
}

function admissionBy(store: TitleStore, { own, gatedOn }: TitleSearch): (slot: number | undefined) => boolean {
  const { facts } = own
  const ownOrg = store.codeOfOrg.get(idToUuid(facts.orgId))
  const isOpen = (slot: number, day: string) => {
    const other = factsAt(store, slot)
    return facts.kind === 'demand' ? passesGates(facts, other, day) : passesGates(other, facts, day)
  }
  return (slot) =>
    slot === undefined || (store.orgCodes[slot] !== ownOrg && (gatedOn === undefined || isOpen(slot, gatedOn)))
}

function addRow(store: TitleStore, { uuid, org, title, traits, terms }: TitleRow): void {
  const [priceMinFen, priceMaxFen, deadline] = terms
  addTitle(store, {
    key: bytesOf(uuid),
    org,
    title,
    traits,
    factsOf: readTraits,
    terms: { priceMinFen: numberOf(priceMinFen), priceMaxFen: numberOf(priceMaxFen), deadline: deadline ?? undefined },
  })
}

/** In the order of `traitFeatures`. What a document does not say is null in it. */
const readTraits: readonly ReadTrait[] = [
  (text) => {
    const [fields, industries, strategicIndustries]: (string[] | null)[] = JSON.parse(text)
    return { fields: fields ?? [], industries: industries ?? [], strategicIndustries: strategicIndustries ?? [] }
  },
  (text) => {
    const [region, acceptedRegions]: [string | null, string[] | null] = JSON.parse(text)
    return { region: region ?? undefined, acceptedRegions: acceptedRegions ?? [] }
  },
  (text) => {
    const [cooperationModes, ipBlockedModes]: (string[] | null)[] = JSON.parse(text)
    return { cooperationModes: cooperationModes ?? [], ipBlockedModes: ipBlockedModes ?? [] }
  },
  (text) => {
    const [trlMin, trlMax]: (number | null)[] = JSON.parse(text)
    return { trlMin: trlMin ?? undefined, trlMax: trlMax ?? undefined }
  },
  (text) => ({ trustCode: text === 'yellow' ? 'yellow' : 'green' }),
]

function numberOf(text: string | null = null): number | undefined {
  return text === null ? undefined : Number(text)
}

function bytesOf(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function uuidsOf({ keys }: TitleStore, slots: readonly number[]): string[] {
  return slots.map((slot) => {
    const from = slot * keyLength
    let at = 0
    for (let byte = from; byte < from + keyLength; byte++) {
      if (at === 8 || at === 13 || at === 18 || at === 23) written[at++] = hyphen
      written[at++] = digits[(keys[byte] ?? 0) >> 4] ?? 0
      written[at++] = digits[(keys[byte] ?? 0) & 15] ?? 0
    }
    return written.toString('latin1')
  })
}

/** One text for each of 300 UUIDs of a search; cut out of one of hexadecimal digits and joined again they were ten. */
const written = Buffer.alloc(36)
const digits = Buffer.from('0123456789abcdef')
const hyphen = 45
