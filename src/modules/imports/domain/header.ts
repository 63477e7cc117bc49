import { toHalfWidth } from '../../../kernel/half-width.ts'
import { nearest } from '../../../kernel/nearest.ts'

/** The names by which a column is known: its field, the header of the templates, and what else people write. */
export type NamedColumn = { field: string; label: string; aliases: readonly string[] }

/** What a header of the file stands for; `suggestion` is the nearest known name of one that nobody knows. */
export type MatchedHeader = {
  header: string
  field: string | null
  /** The unit in brackets behind the name: 预算（万元）. */
  unit?: string
  suggestion?: string
}

/** Finds the column of every header. Case, spaces, brackets and full width do not count. */
export function matchHeaders(headers: readonly string[], columns: readonly NamedColumn[]): MatchedHeader[] {
  const names = new Map<string, string>()
  for (const { field, label, aliases } of columns) {
    for (const name of [field, label, ...aliases]) names.set(folded(nameAndUnit(name).name), field)
  }
  return headers.map((header) => {
    const { name, unit } = nameAndUnit(header)
    const field = names.get(folded(name)) ?? null
    const guess = field === null ? nearest(folded(name), names.keys()) : undefined
    const suggested = guess === undefined ? undefined : columns.find(({ field: each }) => each === names.get(guess))
    return {
      ...{ header, field },
      ...(unit !== undefined && { unit }),
      ...(suggested && { suggestion: suggested.label }),
    }
  })
}

/** Fields that two columns of the file claim. */
export function repeatedFields(matched: readonly MatchedHeader[]): string[] {
  const fields = matched.flatMap(({ field }) => (field === null ? [] : [field]))
  return [...new Set(fields.filter((field, index) => fields.indexOf(field) !== index))]
}

function nameAndUnit(header: string): { name: string; unit?: string } {
  const plain = toHalfWidth(header).trim()
  const [, name = plain, unit] = /^(.*?)\s*\(([^()]*)\)\s*$/.exec(plain) ?? []
  return { name, ...(unit !== undefined && { unit: unit.trim() }) }
}

/** A star marks needed columns in many templates. */
function folded(name: string): string {
  return name.toLowerCase().replace(/[\s_*:：-]+/g, '')
}
