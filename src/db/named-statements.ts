import type pg from 'pg'

/** A statement that comes this often is worth a plan that is kept. */
const worthNaming = 3
/** A plan takes the server some 20 kB in each of its connections. */
const mostNames = 300
/** Statements with lists of varying length are texts without number; the oldest that never came again are forgotten. */
const mostRemembered = 2_000

/** Begins statements whose best plan depends on their values, such as searches by words that are rare or everywhere. */
export const plannedAnew = '/* planned anew */'

/** By text how often it came, or its name; the process's one copy, because a name says the same on every connection. */
const known = new Map<string, number | string>()
let names = 0

/**
 * Makes the server keep the plans of this connection's frequent statements: it parses and plans an unnamed statement anew
 * every time, 0.1 to 2 ms of its processor, which is more than most of ours take to run. The server itself goes back to
 * planning by value where a kept plan would cost more (`plan_cache_mode = auto`). Behind a pooler that hands a
 * connection to another client after each transaction, it has to know of prepared statements (PgBouncer 1.21 does).
 */
export function nameStatements(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (statement: unknown, ...rest: unknown[]) => unknown
  client.query = ((statement: unknown, ...rest: unknown[]) => query(named(statement), ...rest)) as typeof client.query
}

function named(statement: unknown): unknown {
  if (!isUnnamed(statement) || statement.text.startsWith(plannedAnew)) return statement
  const name = nameOf(statement.text)
  return name === undefined ? statement : { ...statement, name }
}

/** Neither a bare text nor a cursor, which bring no text of their own, nor one that its author has named. */
function isUnnamed(statement: unknown): statement is { text: string } {
  if (typeof statement !== 'object' || statement === null) return false
  const { text, name, submit } = statement as Record<string, unknown>
  return typeof text === 'string' && name === undefined && submit === undefined
}

function nameOf(text: string): string | undefined {
  const seen = known.get(text) ?? 0
  if (typeof seen === 'string') return seen
  // Deleted first, so that it moves to the end and the oldest stand at the beginning.
  known.delete(text)
  const isWorthIt = seen + 1 >= worthNaming && names < mostNames
  known.set(text, isWorthIt ? `statement_${++names}` : seen + 1)
  if (known.size > mostRemembered) forgetOldest()
  return undefined
}

function forgetOldest(): void {
  for (const [text, state] of known) {
    if (typeof state === 'string') continue
    known.delete(text)
    return
  }
}
