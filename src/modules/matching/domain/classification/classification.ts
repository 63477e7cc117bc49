import type { Facts } from '../types.ts'
import { industryPath } from './industry-path.ts'
import { ipcPath } from './ipc-path.ts'

/** Codes as paths from the widest to the narrowest level; a flat vocabulary has paths of one. */
export type Paths = readonly (readonly string[])[]

export type Vocabulary = 'fields' | 'industries' | 'strategicIndustries' | 'ipc'

export type Classification = Readonly<Record<Vocabulary, Paths>>

export function classificationOf(facts: Facts): Classification {
  return {
    fields: facts.fields.map((code) => [code]),
    industries: facts.industries.map(industryPath).filter((path) => path.length > 0),
    strategicIndustries: facts.strategicIndustries.map((code) => [code]),
    ipc: facts.ipc.map(ipcPath).filter((path) => path.length > 0),
  }
}
