import type { TextModel } from '../text-model.ts'
import type { Facts } from '../types.ts'
import { type SlotTable, slotTable } from './slot-table.ts'
import type { TitleBlock } from './title-block.ts'
import { clearScales, type TitleRecords, titleRecords } from './title-records.ts'
import { newTraits, type ReadTrait, type Trait } from './title-traits.ts'

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
/**
 * The titles of one side of a market in typed arrays, ready to be scanned, with all that gates compare: 170 bytes a title,
 * 170 MB for a million.
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
  records: TitleRecords
  /** The first titles, a block each, turned round; what is newer is read title by title. */
  blocks: TitleBlock[]
  /** By code: how often it stands in titles. */
  counts: number[]
  /** By title the second of its scales once more: the first look goes through all of them and through nothing else. */
  roughScales: Float32Array
  /** In the order of `traitFeatures`. */
  traits: Trait[]
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
    records: titleRecords(),
    blocks: [],
    counts: [0, 0],
    roughScales: new Float32Array(1024),
    traits: newTraits(),
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
  clearScales(store.records, slot)
  store.roughScales[slot] = 0
}
