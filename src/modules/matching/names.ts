import { type TaxonomyName, termOf } from '../taxonomy/index.ts'
import type { NamedVocabulary, NameOf } from './domain/explain/names.ts'

const taxonomyOf: Readonly<Record<NamedVocabulary, TaxonomyName>> = {
  fields: 'fields',
  industries: 'industries',
  strategicIndustries: 'strategic-industries',
  ipc: 'ipc',
  cooperationModes: 'cooperation-modes',
  regions: 'regions',
}

/** The Chinese name of a code; the code itself where no name is shipped, as for IPC groups. */
export const nameOf: NameOf = (vocabulary, code) => termOf(taxonomyOf[vocabulary], code)?.zh ?? code
