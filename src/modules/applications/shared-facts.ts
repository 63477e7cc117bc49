import { formatFen } from '../../kernel/money.ts'
import { type Facts, type FactValue, fieldOf } from '../../rules/index.ts'
import type { SharedFact } from './table.ts'

/** The facts that the applicant lets the provider see, as they are now. What is not known is left out. */
export function sharedFacts(facts: Facts, wanted: readonly string[]): SharedFact[] {
  return wanted.flatMap((field) => {
    const fact = facts.fields.get(field)
    const known = fieldOf(field)
    if (fact === undefined || known === undefined) return []
    const { isVerified, source } = fact
    return [{ field, label: known.zh, value: textOf(fact.value, known.type), isVerified, ...(source && { source }) }]
  })
}

function textOf(value: FactValue, type: string): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return type === 'fen' ? formatFen(value) : String(value)
  return typeof value === 'string' ? value : value.join('、')
}
