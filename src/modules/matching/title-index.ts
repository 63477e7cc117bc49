import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '../../db/client.ts'
import type { ScoreModel } from './domain/score-model.ts'
import type { TextModel } from './domain/text-model.ts'
import { scanTitles } from './domain/titles/scan-titles.ts'
import { titleQuery } from './domain/titles/title-query.ts'
import { addTitle, dropTitle, keyOf, type ReadTrait, type TitleStore, titleStore } from './domain/titles/title-store.ts'
import type { Facts, ListingKind } from './domain/types.ts'
import { findChangeCursor, listChangedTitles, listTitlesAfter, type TitleRow } from './title-repo.ts'

/** A listing that the index holds for a good counterpart. `drop` makes it forget one that is gone. */
export type FoundListing = { uuid: string; drop: () => void }

export type TitleIndex = {
  /** The best listings, best first. Computes 8 ms among 300,000 titles, so it lets nobody else run meanwhile. */
  search: (query: { facts: Facts; model: ScoreModel }, wanted: number) => FoundListing[]
}

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

/** The process's one copy of each side, read when it is first asked for: 12 µs a title, 110 MB for a million. */
const held = new Map<ListingKind, Promise<Held>>()

/**
 * The titles of a side as of now: all that is committed when it is called will be found. Read anew when the text model
 * is another, which the schedule does once a night.
 */
export async function titleIndexOf(db: Db, kind: ListingKind, textModel: TextModel): Promise<TitleIndex> {
  const index = await heldOf(db, kind, textModel)
  await catchUp(db, kind, index)
  return { search: ({ facts, model }, wanted) => search(index.store, { facts, model }, wanted) }
}

async function heldOf(db: Db, kind: ListingKind, textModel: TextModel): Promise<Held> {
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

function search(store: TitleStore, { facts, model }: { facts: Facts; model: ScoreModel }, wanted: number) {
  const found = scanTitles(store, titleQuery(store, facts, model), wanted)
  const uuids = found.map(({ slot }) => ({ uuid: uuidOf(keyOf(store, slot)), drop: () => dropTitle(store, slot) }))
  // An edited listing stands there once for each version; its best one counts.
  const seen = new Set<string>()
  return uuids.filter(({ uuid }) => !seen.has(uuid) && seen.add(uuid))
}

function addRow(store: TitleStore, { uuid, title, traits }: TitleRow): void {
  addTitle(store, { key: Buffer.from(uuid.replaceAll('-', ''), 'hex'), title, traits, factsOf: readTraits })
}

const readTraits: readonly ReadTrait[] = [
  (text) => {
    const [fields, industries, strategicIndustries]: string[][] = JSON.parse(text)
    return { fields: fields ?? [], industries: industries ?? [], strategicIndustries: strategicIndustries ?? [] }
  },
  (text) => (text === '' ? {} : { region: text }),
  (text) => ({ cooperationModes: JSON.parse(text) }),
]

function uuidOf(key: Uint8Array): string {
  const hex = Buffer.from(key).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
