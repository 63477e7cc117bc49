/** Turns a code into the reader's words; given from outside, because names belong to the taxonomy. */
export type NameOf = (vocabulary: NamedVocabulary, code: string) => string

export type NamedVocabulary = 'fields' | 'industries' | 'strategicIndustries' | 'ipc' | 'cooperationModes' | 'regions'

export function listOf(names: readonly string[]): string {
  return names.join('、')
}
