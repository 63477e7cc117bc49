import { type Prepared, prepare } from '../prepare.ts'
import type { TextModel } from '../text-model.ts'
import type { Facts } from '../types.ts'

/** Features that few distinct values decide, so that the estimate can have them at the price of a look-up. */
export const traitFeatures = ['classification', 'region', 'commercial_fit', 'maturity_fit', 'trust'] as const

export const traitsPerTitle = traitFeatures.length

/** What facts such a text stands for. */
export type ReadTrait = (trait: string) => Partial<Facts>

/** The distinct values of one trait: code c is the value of the silent listing shells[c], which says facts[c]. */
export type Trait = {
  shells: Prepared[]
  facts: Partial<Facts>[]
  codeOfText: Map<string, number>
}

export function newTraits(): Trait[] {
  return traitFeatures.map(() => ({ shells: [], facts: [], codeOfText: new Map() }))
}

/** The code of a value by its text; one that was never seen gets the next. */
export function traitCodeOf(
  { codeOfText, shells, facts }: Trait,
  text: string,
  { factsOf, textModel }: { factsOf: ReadTrait | undefined; textModel: TextModel },
): number {
  const known = codeOfText.get(text)
  if (known !== undefined) return known
  const own = factsOf?.(text) ?? {}
  facts.push(own)
  const code = shells.push(prepare({ ...silent, ...own }, textModel)) - 1
  codeOfText.set(text, code)
  return code
}

/** What a listing says that says nothing. With some facts it is compared by the very features that compare them in the score. */
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
