import type { Vocabulary } from '../classification/classification.ts'
import { proximityOf } from '../classification/proximity.ts'
import type { Prepared } from '../prepare.ts'
import type { Feature } from './feature.ts'

/**
 * What a shared level is worth. A shared section says little (C is all of manufacturing), a shared
 * division or main group nearly everything. An IPC symbol is given by an examiner and is the finest, so
 * it counts double.
 */
const VOCABULARIES: readonly { vocabulary: Vocabulary; share: number; levels: readonly number[] }[] = [
  { vocabulary: 'fields', share: 1, levels: [1] },
  { vocabulary: 'strategicIndustries', share: 1, levels: [1] },
  { vocabulary: 'industries', share: 1, levels: [0.3, 1] },
  { vocabulary: 'ipc', share: 2, levels: [0.1, 0.35, 0.7, 0.9, 1] },
]

/** Mean proximity over the vocabularies that both sides use, 0 to 1; absent when they use none in common. */
export const classification: Feature = {
  name: 'classification',
  measure: (demand, supply) => {
    let sum = 0
    let shares = 0
    for (const { vocabulary, share, levels } of VOCABULARIES) {
      const found = proximityOf(demand.classification[vocabulary], supply.classification[vocabulary], levels)
      if (!found) continue
      sum += share * found.value
      shares += share
    }
    return shares > 0 ? sum / shares : undefined
  },
  evidence: (demand: Prepared, supply: Prepared) =>
    VOCABULARIES.flatMap(({ vocabulary, share, levels }) => {
      const found = proximityOf(demand.classification[vocabulary], supply.classification[vocabulary], levels)
      if (found?.code === undefined) return []
      return [{ kind: 'code' as const, vocabulary, code: found.code, weight: share * found.value }]
    }).sort((a, b) => b.weight - a.weight),
}
