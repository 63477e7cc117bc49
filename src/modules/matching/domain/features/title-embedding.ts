import { dot, embed } from '../embedding/embedding.ts'
import { weigh } from '../idf.ts'
import type { Prepared } from '../prepare.ts'
import type { TextModel } from '../text-model.ts'
import type { Evidence, Feature } from './feature.ts'

const MAX_RELATED = 4
/** Below this two characters merely happen to stand in the same long titles. */
const MIN_SIMILARITY = 0.3

/** Cosine of the titles' embeddings: near when their characters keep the same company in this market's titles. */
export const titleEmbedding: Feature = {
  name: 'title_embedding',
  measure: ({ titleVector: demand }, { titleVector: supply }) => demand && supply && dot(demand, supply),
  evidence: relatedUnits,
}

/** Pairs of different units that the embedding holds for alike, e.g. 焊 and 铆. */
function relatedUnits(demand: Prepared, supply: Prepared): Evidence[] {
  const ours = unitVectors(demand)
  const theirs = unitVectors(supply).filter(({ term }) => !ours.some((own) => own.term === term))
  return ours
    .flatMap(({ term, vector, weight }) =>
      theirs.map((other) => {
        const similarity = dot(vector, other.vector)
        return { term, counterpart: other.term, similarity, weight: similarity * weight * other.weight }
      }),
    )
    .filter(({ similarity }) => similarity >= MIN_SIMILARITY)
    .sort((a, b) => b.weight - a.weight || (a.term + a.counterpart < b.term + b.counterpart ? -1 : 1))
    .slice(0, MAX_RELATED)
    .map(({ term, counterpart, weight }) => ({ kind: 'related', term, counterpart, weight }))
}

function unitVectors({ titleCharacters, textModel }: Prepared) {
  return (titleCharacters?.terms ?? []).flatMap((term, place) => {
    const vector = unitVector(textModel, term)
    return vector ? [{ term, vector, weight: titleCharacters?.weights[place] ?? 0 }] : []
  })
}

/** At most 5,000 vectors a model (3 MB), gone with it; computing them anew took four fifths of the time of a score with its reasons. */
const vectorsOfModel = new WeakMap<TextModel, Map<string, Float32Array | undefined>>()

function unitVector(textModel: TextModel, unit: string): Float32Array | undefined {
  if (!textModel.embedding.places.has(unit)) return undefined
  const vectors = vectorsOfModel.get(textModel) ?? new Map<string, Float32Array | undefined>()
  vectorsOfModel.set(textModel, vectors)
  if (!vectors.has(unit)) vectors.set(unit, embed(textModel.embedding, weigh([unit], textModel.idf)))
  return vectors.get(unit)
}
