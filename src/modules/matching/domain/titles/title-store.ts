import { unitRuns } from '../grams.ts'
import { idfOf } from '../idf.ts'
import { type Prepared, prepare } from '../prepare.ts'
import type { TextModel } from '../text-model.ts'
import type { Facts } from '../types.ts'
import { blockSize, type TitleBlock, turnRound } from './title-block.ts'

/**
 * What the store keeps of a listing. `traits` has one text for each of `traitFeatures`: listings with equal texts are
 * compared by that feature once. `factsOf` reads such a text.
 */
export type TitleEntry = { key: Uint8Array; title: string; traits: readonly string[]; factsOf: readonly ReadTrait[] }
export type ReadTrait = (trait: string) => Partial<Facts>

/** Features that few distinct values decide, so that the estimate can have them at the price of a look-up. */
export const traitFeatures = ['classification', 'region', 'commercial_fit'] as const

/** One trait of all titles: title i has the value of the silent listing shells[codes[i]]. */
export type Trait = { codes: Uint32Array; shells: Prepared[]; codeOfText: Map<string, number> }

/**
 * The titles of one side of a market in typed arrays, ready to be scanned: 110 bytes a title, 110 MB for a million. The
 * units of a title stand one after the other as codes, 0 where a run ends, so that a scan reads memory in a line.
 */
export type TitleStore = {
  textModel: TextModel
  size: number
  /** 16 bytes of UUID a title. */
  keys: Uint8Array
  /** Title i has the units from starts[i] to starts[i + 1]. */
  starts: Uint32Array
  units: Uint16Array
  /** The first titles, 65,536 each, turned round; what is newer is read title by title. */
  blocks: TitleBlock[]
  /** By code: how often it stands in titles. */
  counts: number[]
  /** Four a title: what brings its embedding, its characters and its grams to length 1, and its mean idf. */
  scales: Float32Array
  /** In the order of `traitFeatures`. */
  traits: Trait[]
  /** Titles whose listing has left the market. */
  dropped: Set<number>
  codeOfUnit: Map<string, number>
  /** By code. */
  idf: number[]
  /** By code: the unit's embedding times its idf; undefined for a unit that the embedding does not know. */
  vectors: (Float32Array | undefined)[]
}

export const scalesPerTitle = 4
const keyLength = 16
/** Titles are shorter; a longer one is a text, whose beginning is enough to find it. */
const maxUnits = 120
/** Codes have 16 bits. 0 ends a run; a unit that finds no code left is 1, "some other unit". */
const firstCode = 2
const lastCode = 65_535

export function titleStore(textModel: TextModel): TitleStore {
  return {
    textModel,
    size: 0,
    keys: new Uint8Array(keyLength * 1024),
    starts: new Uint32Array(1024),
    units: new Uint16Array(16 * 1024),
    blocks: [],
    counts: [0, 0],
    scales: new Float32Array(scalesPerTitle * 1024),
    traits: traitFeatures.map(() => ({ codes: new Uint32Array(1024), shells: [], codeOfText: new Map() })),
    dropped: new Set(),
    codeOfUnit: new Map(),
    idf: [0, 0],
    vectors: [undefined, undefined],
  }
}

/** Appends a title; 10 µs. The store never changes one in place: a newer version of it is one more title. */
export function addTitle(store: TitleStore, { key, title, traits, factsOf }: TitleEntry): void {
  const runs = unitRuns(title).map((run) => run.slice(0, maxUnits))
  const codes = runs.flatMap((run) => [...run.map((unit) => codeOf(store, unit)), 0]).slice(0, maxUnits)
  const slot = store.size
  const start = store.starts[slot] ?? 0
  makeRoom(store, start + codes.length)
  store.keys.set(key, slot * keyLength)
  store.units.set(codes, start)
  store.starts[slot + 1] = start + codes.length
  store.traits.forEach((trait, index) => {
    trait.codes[slot] = traitCodeOf(trait, traits[index] ?? '', (text) =>
      shellOf(factsOf[index]?.(text) ?? {}, store.textModel),
    )
  })
  store.scales.set(scalesOf(store, codes, runs), slot * scalesPerTitle)
  for (const code of codes) store.counts[code] = (store.counts[code] ?? 0) + 1
  store.size += 1
  if (store.size % blockSize === 0) sealBlock(store)
}

function sealBlock(store: TitleStore): void {
  const starts = store.starts.subarray(store.size - blockSize, store.size + 1)
  store.blocks.push(turnRound({ starts, units: store.units, codes: store.idf.length }))
}

/** Makes a title unfindable; its place stays taken until the store is built anew. */
export function dropTitle(store: TitleStore, slot: number): void {
  store.dropped.add(slot)
  store.scales.fill(0, slot * scalesPerTitle, (slot + 1) * scalesPerTitle)
}

export function keyOf(store: TitleStore, slot: number): Uint8Array {
  return store.keys.subarray(slot * keyLength, (slot + 1) * keyLength)
}

function codeOf(store: TitleStore, unit: string): number {
  const known = store.codeOfUnit.get(unit)
  if (known !== undefined) return known
  const code = store.codeOfUnit.size + firstCode
  if (code > lastCode) return 1
  store.codeOfUnit.set(unit, code)
  const idf = idfOf(store.textModel.idf, unit)
  store.idf.push(idf)
  store.counts.push(0)
  store.vectors.push(vectorOf(store.textModel, unit, idf))
  return code
}

function vectorOf({ embedding }: TextModel, unit: string, idf: number): Float32Array | undefined {
  const place = embedding.places.get(unit)
  if (place === undefined) return undefined
  const from = place * embedding.dimensions
  return embedding.vectors.slice(from, from + embedding.dimensions).map((value) => value * idf)
}

function traitCodeOf({ codeOfText, shells }: Trait, text: string, shellOfText: (text: string) => Prepared): number {
  const known = codeOfText.get(text)
  if (known !== undefined) return known
  const code = shells.push(shellOfText(text)) - 1
  codeOfText.set(text, code)
  return code
}

/** A listing that says nothing but these facts, to compare them by the very feature that compares them in the score. */
export function shellOf(facts: Partial<Facts>, textModel: TextModel): Prepared {
  return prepare({ ...silent, ...facts, title: '', body: '' }, textModel)
}

const silent: Facts = {
  id: '',
  kind: 'supply',
  orgId: '',
  market: '',
  title: '',
  body: '',
  fields: [],
  industries: [],
  strategicIndustries: [],
  ipc: [],
  cooperationModes: [],
  state: 'published',
  trustCode: 'green',
  ipBlockedModes: [],
  acceptedRegions: [],
}

/** A unit that repeats counts as often as it stands, not by its logarithm: few titles repeat one. */
function scalesOf(store: TitleStore, codes: readonly number[], runs: readonly string[][]): number[] {
  const { dimensions } = store.textModel.embedding
  const sum = new Float64Array(dimensions)
  let characters = 0
  let idfs = 0
  let units = 0
  for (const code of codes) {
    if (code === 0) continue
    const idf = store.idf[code] ?? 0
    characters += idf * idf
    idfs += idf
    units += 1
    const vector = store.vectors[code]
    if (vector) for (let d = 0; d < dimensions; d++) sum[d] = (sum[d] ?? 0) + (vector[d] ?? 0)
  }
  const length = Math.hypot(...sum)
  const grams = characters + pairIdfs(store.textModel, runs)
  return [inverse(length), inverse(Math.sqrt(characters)), inverse(Math.sqrt(grams)), units > 0 ? idfs / units : 0]
}

function pairIdfs({ idf }: TextModel, runs: readonly string[][]): number {
  let sum = 0
  for (const run of runs) {
    for (let i = 1; i < run.length; i++) sum += idfOf(idf, `${run[i - 1]} ${run[i]}`) ** 2
  }
  return sum
}

function inverse(length: number): number {
  return length > 1e-9 ? 1 / length : 0
}

/** Doubles what is full, so that a title costs constant time on average. */
function makeRoom(store: TitleStore, unitCount: number): void {
  if (store.size + 2 > store.starts.length) {
    const titles = store.starts.length * 2
    store.keys = grown(store.keys, new Uint8Array(titles * keyLength))
    store.starts = grown(store.starts, new Uint32Array(titles))
    store.scales = grown(store.scales, new Float32Array(titles * scalesPerTitle))
    for (const trait of store.traits) trait.codes = grown(trait.codes, new Uint32Array(titles))
  }
  if (unitCount > store.units.length) store.units = grown(store.units, new Uint16Array(store.units.length * 2))
}

function grown<A extends Uint8Array | Uint16Array | Uint32Array | Float32Array>(old: A, wider: A): A {
  wider.set(old)
  return wider
}
