import type { GramVector } from '../sparse.ts'
import type { TextModel } from '../text-model.ts'
import { referenceTitles } from './reference-titles.ts'
import { type Spread, spreadAround } from './spread.ts'
import { standingPriors } from './standing.ts'

/** The content standings that a title has with each of the reference demands. */
export type DemandCrowd = (title: GramVector) => Float64Array

const crowds = new WeakMap<TextModel, DemandCrowd>()

/** Prepared once a model in 30 ms; then 7 µs a title. */
export function demandCrowd(textModel: TextModel): DemandCrowd {
  const known = crowds.get(textModel)
  if (known) return known
  const overlapsOf = overlapsWith(textModel.referenceDemands)
  const spreads = spreadsOf(textModel, overlapsOf)
  const crowd: DemandCrowd = (title) =>
    overlapsOf(title).map((overlap, place) => {
      const { mean, deviation } = spreads[place] ?? standingPriors.content_standing
      return (overlap - mean) / deviation
    })
  crowds.set(textModel, crowd)
  return crowd
}

/** As `content_standing` would have it of each demand. */
function spreadsOf(textModel: TextModel, overlapsOf: DemandCrowd): Spread[] {
  const titles = referenceTitles(textModel).flatMap(({ titleGrams }) => titleGrams ?? [])
  const overlaps = titles.map(overlapsOf)
  return textModel.referenceDemands.map((_, place) =>
    spreadAround(
      standingPriors.content_standing,
      overlaps.map((values) => values[place] ?? 0),
    ),
  )
}

/** The roots of the cosines with all demands at once, through lists of the demands that have a gram. */
function overlapsWith(demands: readonly GramVector[]): DemandCrowd {
  const postings = new Map<number, { places: number[]; weights: number[] }>()
  demands.forEach(({ ids, weights }, place) => {
    ids.forEach((id, i) => {
      const posting = postings.get(id) ?? { places: [], weights: [] }
      posting.places.push(place)
      posting.weights.push(weights[i] ?? 0)
      postings.set(id, posting)
    })
  })
  return ({ ids, weights }) => {
    const sums = new Float64Array(demands.length)
    ids.forEach((id, i) => {
      const posting = postings.get(id)
      posting?.places.forEach((place, entry) => {
        sums[place] = (sums[place] ?? 0) + (weights[i] ?? 0) * (posting.weights[entry] ?? 0)
      })
    })
    return sums.map((sum) => Math.sqrt(Math.min(1, sum)))
  }
}
