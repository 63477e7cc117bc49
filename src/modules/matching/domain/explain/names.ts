/** Turns a code into the reader's words; given from outside, because names belong to the taxonomy. */
export type NameOf = (vocabulary: NamedVocabulary, code: string) => string

export type NamedVocabulary = 'fields' | 'industries' | 'strategicIndustries' | 'ipc' | 'cooperationModes' | 'regions'

export function listOf(names: readonly string[]): string {
  return names.join('、')
}

/** Fen as 万元 from ten thousand yuan up, otherwise as 元, without trailing zeros. */
export function moneyOf(fen: number): string {
  const yuan = fen / 100
  return yuan >= 10_000 ? `${Number((yuan / 10_000).toFixed(2))} 万元` : `${Number(yuan.toFixed(2))} 元`
}
