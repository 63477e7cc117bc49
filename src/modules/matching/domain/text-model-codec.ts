import { impossible } from '../../../kernel/assert.ts'
import { type TextModel, versionOf } from './text-model.ts'

type Stored = {
  version: string
  documents: number
  /** Grams and their counts, separated by line feeds and in the same order. */
  grams: string
  counts: number[]
  units: string
  dimensions: number
  /** Little-endian 32-bit floats in base64. */
  vectors: string
  /** Missing in models of before there were any. */
  reference?: string[]
}

/** One line of JSON; 5,200 titles give 1.6 MB, of which the vectors are nine tenths. Equal models give equal text. */
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
    vectors: Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength).toString('base64'),
    reference: [...model.reference],
  }
  return JSON.stringify(stored)
}

/** Reads what `serialiseTextModel` wrote and refuses anything that does not carry its own version. */
export function deserialiseTextModel(text: string): TextModel {
  const stored = JSON.parse(text) as Stored
  const grams = lines(stored.grams)
  const idf = { documents: stored.documents, df: new Map(grams.map((gram, i) => [gram, stored.counts[i] ?? 0])) }
  const places = new Map(lines(stored.units).map((unit, place) => [unit, place]))
  const bytes = Uint8Array.from(Buffer.from(stored.vectors, 'base64'))
  const whole = bytes.length === places.size * stored.dimensions * 4
  const vectors = whole ? new Float32Array(bytes.buffer) : impossible('text model: vectors and units differ in number')
  const embedding = { dimensions: stored.dimensions, places, vectors }
  const reference = stored.reference ?? []
  const version = versionOf({ idf, embedding, reference })
  if (version !== stored.version) impossible(`text model: content is ${version}, label is ${stored.version}`)
  return { version, idf, embedding, reference }
}

function lines(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}
