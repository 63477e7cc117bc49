import { type Prepared, prepare } from '../prepare.ts'
import type { TextModel } from '../text-model.ts'
import type { Facts } from '../types.ts'

const references = new WeakMap<TextModel, readonly Prepared[]>()

/** Prepared once a model: 200 titles take 10 ms, measuring a demand against them 0.3 ms. */
export function referenceTitles(textModel: TextModel): readonly Prepared[] {
  const known = references.get(textModel)
  if (known) return known
  const prepared = textModel.reference.map((title) => prepare({ ...NOBODY, title }, textModel))
  references.set(textModel, prepared)
  return prepared
}

const NOBODY: Omit<Facts, 'title'> = {
  ...{ id: '', kind: 'supply', orgId: '', market: '', body: '', state: 'published', trustCode: 'green' },
  ...{ fields: [], industries: [], strategicIndustries: [], ipc: [], cooperationModes: [], ipBlockedModes: [] },
  acceptedRegions: [],
}
