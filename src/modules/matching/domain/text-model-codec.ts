import { impossible } from '../../../kernel/assert.ts'
import type { GramVector } from './sparse.ts'
import { type TextModel, versionOf } from './text-model.ts'

type Stored = {
  version: string
  documents: number
  /** Grams and their counts, separated by line feeds and in the same order. */
  grams: string
  counts: number[]
  units: string
  dimensions: number
  /** Little-endian 32-bit numbers in base64, as are those of the demands. */
  vectors: string
  /** Missing in models of before there were any. */
  reference?: string[]
  /** The reference demands one after the other, and how many grams each has; missing as well. */
  demands?: Demands
}

type Demands = { sizes: number[]; ids: string; weights: string }

/**
 * One line of JSON; 5,200 titles give 1.6 MB, of which the vectors are nine tenths, and 200 reference demands of 500
 * characters 0.5 MB. Equal models give equal text.
 */
export function serialiseTextModel(model: TextModel): string {
  const entries = [...model.idf.df].sort(([a], [b]) => (a < b ? -1 : 1))
  const { vectors, dimensions, places } = model.embedding
  const stored: Stored = {
    version: model.version,
    documents: model.idf.documents,
    grams: entries.map(([gram]) => gram).join('\n'),
    counts: entries.map(([, count]) => count),
    units: [...places.keys()].join('\n'),
    dimensions,
    vectors: base64Of(vectors),
    reference: [...model.reference],
    demands: {
      sizes: model.referenceDemands.map(({ ids }) => ids.length),
      ids: base64Of(Uint32Array.from(model.referenceDemands.flatMap(({ ids }) => [...ids]))),
      weights: base64Of(Float32Array.from(model.referenceDemands.flatMap(({ weights }) => [...weights]))),
    },
  }
  return JSON.stringify(stored)
}

/** Reads what `serialiseTextModel` wrote and refuses anything that does not carry its own version. */
export function deserialiseTextModel(text: string): TextModel {
  const stored = JSON.parse(text) as Stored
  const grams = lines(stored.grams)
  const idf = { documents: stored.documents, df: new Map(grams.map((gram, i) => [gram, stored.counts[i] ?? 0])) }
  const places = new Map(lines(stored.units).map((unit, place) => [unit, place]))
  const vectors = new Float32Array(bufferOf(stored.vectors))
  if (vectors.length !== places.size * stored.dimensions) impossible('text model: vectors and units differ in number')
  const embedding = { dimensions: stored.dimensions, places, vectors }
  const reference = stored.reference ?? []
  const referenceDemands = readDemands(stored.demands)
  const version = versionOf({ idf, embedding, reference, referenceDemands })
  if (version !== stored.version) impossible(`text model: content is ${version}, label is ${stored.version}`)
  return { version, idf, embedding, reference, referenceDemands }
}

const noDemands: Demands = { sizes: [], ids: '', weights: '' }

function readDemands({ sizes, ids, weights } = noDemands): GramVector[] {
  const allIds = new Uint32Array(bufferOf(ids))
  const allWeights = new Float32Array(bufferOf(weights))
  let end = 0
  return sizes.map((size) => {
    const from = end
    end += size
    return { ids: allIds.slice(from, end), weights: allWeights.slice(from, end) }
  })
}

function base64Of({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64')
}

function bufferOf(base64: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(base64, 'base64')).buffer
}

function lines(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}
