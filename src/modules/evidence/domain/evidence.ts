import { type Fact, type FactValue, fieldNames, fieldOf } from '../../../rules/index.ts'

export const evidenceStates = ['declared', 'verified'] as const
export type EvidenceState = (typeof evidenceStates)[number]

export type Statement = {
  id: string
  field: string
  value: FactValue
  asOf: string
  validTo: string | null
  source: string
  state: EvidenceState
}

/** Known from the register of organisations, so nobody declares them. */
const registered: readonly string[] = ['region', 'market', 'organisationKind']
export const declarableFields = fieldNames.filter((name) => !registered.includes(name))

/** Why a value does not fit its field, or nothing. */
export function misfit(field: string, value: unknown): string | undefined {
  const type = fieldOf(field)?.type
  const isFit = {
    fen: Number.isSafeInteger(value) && Number(value) >= 0,
    count: Number.isSafeInteger(value) && Number(value) >= 0,
    flag: typeof value === 'boolean',
    day: typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
    code: typeof value === 'string' && value.length > 0 && value.length <= 64,
    codes: Array.isArray(value) && value.every((code) => typeof code === 'string' && code.length <= 64),
  }
  return type === undefined || isFit[type] ? undefined : expected[type]
}

const expected = {
  fen: 'must be whole fen, not negative',
  count: 'must be a whole number, not negative',
  flag: 'must be true or false',
  day: 'must be a day YYYY-MM-DD',
  code: 'must be a code',
  codes: 'must be a list of codes',
}

/**
 * The statement that counts for each field on a day: of those still valid the newest, of equally old ones the verified.
 * Statements about a later day wait for it.
 */
export function currentFacts(statements: readonly Statement[], day: string): Map<string, Fact> {
  const best = new Map<string, Statement>()
  for (const statement of statements) {
    if (statement.asOf > day || (statement.validTo !== null && statement.validTo < day)) continue
    const known = best.get(statement.field)
    if (known === undefined || rankOf(statement) > rankOf(known)) best.set(statement.field, statement)
  }
  return new Map([...best].map(([field, statement]) => [field, factOf(statement)]))
}

/** Days, states and ids compare as texts: `verified` comes after `declared`, and later ids after earlier ones. */
function rankOf({ asOf, state, id }: Statement): string {
  return `${asOf}|${state}|${id}`
}

function factOf({ value, state, validTo, source }: Statement): Fact {
  return { value, isVerified: state === 'verified', source, ...(validTo !== null && { validTo }) }
}
