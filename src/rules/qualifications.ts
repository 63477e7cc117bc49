import qualificationTypes from '../../seeds/reference/qualification-types.json' with { type: 'json' }

type Term = { code: string; zh: string; parent?: string }
const terms = new Map((qualificationTypes.terms as Term[]).map((term) => [term.code, term]))

export const qualificationCodes: readonly string[] = [...terms.keys()]

/** The type itself and the ladders it stands on: a little giant counts as 专精特新 too. */
export function ladderAbove(type: string): string[] {
  const parent = terms.get(type)?.parent
  return parent === undefined ? [type] : [type, ...ladderAbove(parent)]
}

export function qualificationName(type: string): string {
  return terms.get(type)?.zh ?? type
}
