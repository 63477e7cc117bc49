import { type Prepared, prepare } from '../prepare.ts'
import type { TextModel } from '../text-model.ts'
import type { Facts } from '../types.ts'
import { type SlotTable, slotTable } from './slot-table.ts'
import type { TitleBlock } from './title-block.ts'

/**
 * What the store keeps of a listing. `traits` has one text for each of `traitFeatures`: listings with equal texts are
 * compared by that feature once. `factsOf` reads such a text.
 */
export type TitleEntry = {
  key: Uint8Array
  title: string
  /** UUID of the organisation. */
  org: string
  traits: readonly string[]
  factsOf: readonly ReadTrait[]
  terms?: GateTerms
}
/** What gates compare and no trait holds, because nearly every listing has values of its own. */
export type GateTerms = Pick<Facts, 'priceMinFen' | 'priceMaxFen' | 'deadline'>
export type ReadTrait = (trait: string) => Partial<Facts>

/** Features that few distinct values decide, so that the estimate can have them at the price of a look-up. */
export const traitFeatures = ['classification', 'region', 'commercial_fit', 'maturity_fit', 'trust'] as const

/** The distinct values of one trait: code c is the value of the silent listing shells[c], which says facts[c]. */
export type Trait = {
  shells: Prepared[]
  facts: Partial<Facts>[]
  codeOfText: Map<string, number>
}

/**
 * The titles of one side of a market in typed arrays, ready to be scanned, with all that gates compare: 170 bytes a title,
 * 170 MB for a million. The units of a title stand one after the other as codes, 0 where a run ends and marked where one repeats (see
 * `title-unit.ts`), so that a scan reads memory in a line.
 */
export type TitleStore = {
  textModel: TextModel
  size: number
  /** 16 bytes of UUID a title. */
  keys: Uint8Array
  slots: SlotTable
  /** By title the code of its organisation. */
  orgCodes: Uint32Array
  codeOfOrg: Map<string, number>
  /** Two a title, least and greatest price in fen; NaN where it says none. */
  prices: Float64Array
  /** As the number 20261231; 0 for none. */
  deadlines: Uint32Array
  /** Title i has the units from starts[i] to starts[i + 1]. */
  starts: Uint32Array
  units: Uint16Array
  /** The first titles, a block each, turned round; what is newer is read title by title. */
  blocks: TitleBlock[]
  /** By code: how often it stands in titles. */
  counts: number[]
  /**
   * Six a title: what brings its embedding, its characters and its grams to length 1, its mean idf, and the mean and the
   * inverse deviation of what it has in common with demands at large.
   */
  scales: Float32Array
  /** By title the second of its scales once more: the first look goes through all of them and through nothing else. */
  roughScales: Float32Array
  /** In the order of `traitFeatures`. */
  traits: Trait[]
  /** By title the codes of its traits, side by side so that they are one visit to memory. */
  traitCodes: Uint32Array
  /** Titles whose listing has left the market. */
  dropped: Set<number>
  codeOfUnit: Map<string, number>
  /** By code. */
  idf: number[]
  /** By code: the id of the unit as a gram. */
  ids: number[]
  /**
   * One behind the other by code: the unit's embedding times its idf, or zeros for a unit that the embedding does not know.
   * Every query reads them all, and in a line they come from memory in half the time.
   */
  vectors: Float32Array
}

export const scalesPerTitle = 6
export const traitsPerTitle = traitFeatures.length
export const keyLength = 16

export function titleStore(textModel: TextModel): TitleStore {
  return {
    textModel,
    size: 0,
    keys: new Uint8Array(keyLength * 1024),
    slots: slotTable(),
    orgCodes: new Uint32Array(1024),
    codeOfOrg: new Map(),
    prices: new Float64Array(2 * 1024),
    deadlines: new Uint32Array(1024),
    starts: new Uint32Array(1024),
    units: new Uint16Array(16 * 1024),
    blocks: [],
    counts: [0, 0],
    scales: new Float32Array(scalesPerTitle * 1024),
    roughScales: new Float32Array(1024),
    traits: traitFeatures.map(() => ({ shells: [], facts: [], codeOfText: new Map() })),
    traitCodes: new Uint32Array(traitsPerTitle * 1024),
    dropped: new Set(),
    codeOfUnit: new Map(),
    idf: [0, 0],
    ids: [0, 0],
    vectors: new Float32Array(1024 * textModel.embedding.dimensions),
  }
}

/** Makes a title unfindable; its place stays taken until the store is built anew. */
export function dropTitle(store: TitleStore, slot: number): void {
  store.dropped.add(slot)
  store.scales.fill(0, slot * scalesPerTitle, (slot + 1) * scalesPerTitle)
  store.roughScales[slot] = 0
}

export function keyOf(store: TitleStore, slot: number): Uint8Array {
  return store.keys.subarray(slot * keyLength, (slot + 1) * keyLength)
}

/** A listing that says nothing but these facts, to compare them by the very feature that compares them in the score. */
export function shellOf(facts: Partial<Facts>, textModel: TextModel): Prepared {
  return prepare({ ...silent, ...facts, title: '', body: '' }, textModel)
}

/** What a listing says that says nothing. */
export const silent: Facts = {
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
