import { preferencePrior } from '../features/content-preference.ts'
import { demandCrowd } from '../features/demand-crowd.ts'
import { type Spread, spreadAround } from '../features/spread.ts'
import type { GramVector } from '../sparse.ts'
import type { TextModel } from '../text-model.ts'

/** What a supply's title has in common with demands at large, as `content_preference` takes it. The vector has length 1. */
export function titlePreference(textModel: TextModel, title: GramVector): Spread {
  return spreadAround(preferencePrior, demandCrowd(textModel)(title))
}
