import type { Facts } from '../types.ts'
import { industryPath } from './industry-path.ts'
import { ipcPath } from './ipc-path.ts'

/** Codes as paths from the widest to the narrowest level; a flat vocabulary has paths of one. */
export type Paths = readonly (readonly string[])[]

export type Vocabulary = 'fields' | 'industries' | 'strategicIndustries' | 'ipc'

export type Classification = Readonly<Record<Vocabulary, Paths>>

const fieldPath = remembered((code) => [code])
const knownIndustryPath = remembered(industryPath)
const knownIpcPath = remembered(ipcPath)

export function classificationOf(facts: Facts): Classification {
  return {
    fields: facts.fields.map(fieldPath),
    industries: facts.industries.map(knownIndustryPath).filter(isPath),
    strategicIndustries: facts.strategicIndustries.map(fieldPath),
    ipc: facts.ipc.map(knownIpcPath).filter(isPath),
  }
}

function isPath(path: readonly string[]): boolean {
  return path.length > 0
}

/** The IPC has 80,000 symbols, of which a market uses some thousands. */
const mostRemembered = 20_000

/** Listings use the same few codes: to look one up takes a tenth of reading it. */
function remembered(pathOf: (code: string) => readonly string[]): (code: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return (code) => {
    const path = known.get(code) ?? pathOf(code)
    if (known.size < mostRemembered) known.set(code, path)
    return path
  }
}
