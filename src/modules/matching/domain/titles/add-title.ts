import { hashText } from '../fingerprint.ts'
import { unitRuns } from '../grams.ts'
import { idfOf } from '../idf.ts'
import { findSlot, putSlot } from './slot-table.ts'
import { blockSize, turnRound } from './title-block.ts'
import { addRecord } from './title-records.ts'
import { scalesOf } from './title-scales.ts'
import { dropTitle, keyLength, type TitleEntry, type TitleStore } from './title-store.ts'
import { traitCodeOf } from './title-traits.ts'
import { codeOf, repeated } from './title-unit.ts'

/** Titles are shorter; a longer one is a text, whose beginning is enough to find it. */
const maxUnits = 120
/** Codes have 15 bits. 0 ends a run; a unit that finds no code left is 1, "some other unit". */
const firstCode = 2
const lastCode = codeOf(0xffff)

/** Appends a title. The store changes none in place: a newer version is one more title and drops the one before. */
export function addTitle(store: TitleStore, entry: TitleEntry): void {
  const runs = unitRuns(entry.title).map((run) => run.slice(0, maxUnits))
  const codes = runs.flatMap((run) => [...run.map((unit) => knownCodeOf(store, unit)), 0]).slice(0, maxUnits)
  const slot = store.size
  const scales = scalesOf(store, codes, runs)
  makeRoom(store)
  addRecord(store.records, slot, { scales, traitCodes: traitCodesOf(store, entry), units: repeatsMarked(codes) })
  store.roughScales[slot] = scales[1] ?? 0
  for (const code of codes) store.counts[code] = (store.counts[code] ?? 0) + 1
  setFacts(store, slot, entry)
  replaceOlder(store, slot, entry.key)
  store.size += 1
  if (store.size % blockSize === 0) sealBlock(store)
}

function setFacts(store: TitleStore, slot: number, { org, terms = {} }: TitleEntry): void {
  store.orgCodes[slot] = orgCodeOf(store, org)
  store.prices[slot * 2] = terms.priceMinFen ?? Number.NaN
  store.prices[slot * 2 + 1] = terms.priceMaxFen ?? Number.NaN
  store.deadlines[slot] = Number((terms.deadline ?? '0').replaceAll('-', ''))
}

function traitCodesOf({ traits, textModel }: TitleStore, entry: TitleEntry): number[] {
  return traits.map((trait, place) =>
    traitCodeOf(trait, entry.traits[place] ?? '', { factsOf: entry.factsOf[place], textModel }),
  )
}

function replaceOlder(store: TitleStore, slot: number, key: Uint8Array): void {
  const older = findSlot(store.slots, store, key)
  store.keys.set(key, slot * keyLength)
  putSlot(store.slots, store, slot)
  if (older !== undefined) dropTitle(store, older)
}

function orgCodeOf({ codeOfOrg }: TitleStore, org: string): number {
  const code = codeOfOrg.get(org) ?? codeOfOrg.size
  codeOfOrg.set(org, code)
  return code
}

function sealBlock({ blocks, records, size, idf }: TitleStore): void {
  blocks.push(turnRound(records, { from: size - blockSize, codes: idf.length }))
}

function repeatsMarked(codes: readonly number[]): number[] {
  const seen = new Set<number>()
  return codes.map((code) => {
    const isRepeat = code !== 0 && seen.has(code)
    seen.add(code)
    return isRepeat ? code | repeated : code
  })
}

function knownCodeOf(store: TitleStore, unit: string): number {
  const known = store.codeOfUnit.get(unit)
  if (known !== undefined) return known
  const code = store.codeOfUnit.size + firstCode
  if (code > lastCode) return 1
  store.codeOfUnit.set(unit, code)
  store.idf.push(idfOf(store.textModel.idf, unit))
  store.ids.push(hashText(unit))
  store.counts.push(0)
  addVector(store, code, unit)
  return code
}

function addVector(store: TitleStore, code: number, unit: string): void {
  const { dimensions, places, vectors } = store.textModel.embedding
  const place = places.get(unit)
  const to = code * dimensions
  if (to + dimensions > store.vectors.length)
    store.vectors = grown(store.vectors, new Float32Array(2 * store.vectors.length))
  if (place === undefined) return
  const idf = store.idf[code] ?? 0
  for (let d = 0; d < dimensions; d++) store.vectors[to + d] = idf * (vectors[place * dimensions + d] ?? 0)
}

/** Doubles what is full, so that a title costs constant time on average. */
function makeRoom(store: TitleStore): void {
  if (store.size < store.orgCodes.length) return
  const titles = store.orgCodes.length * 2
  store.keys = grown(store.keys, new Uint8Array(titles * keyLength))
  store.orgCodes = grown(store.orgCodes, new Uint32Array(titles))
  store.prices = grown(store.prices, new Float64Array(titles * 2))
  store.deadlines = grown(store.deadlines, new Uint32Array(titles))
  store.roughScales = grown(store.roughScales, new Float32Array(titles))
}

function grown<A extends Uint8Array | Uint32Array | Float32Array | Float64Array>(old: A, wider: A): A {
  wider.set(old)
  return wider
}
