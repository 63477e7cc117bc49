import type pg from 'pg'
import { inSpan, isTracing } from '../kernel/tracing.ts'

const longestText = 2_000

/** Gives each statement that goes through the pool a span of its own, with the time it waited for a connection. */
export function traceQueries(pool: pg.Pool): void {
  if (!isTracing()) return
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>
  pool.query = ((...args: unknown[]) => inStatementSpan(args, () => query(...args))) as pg.Pool['query']
}

/** Runs a statement in a span. Its text has placeholders; its parameters stay here. */
export function inStatementSpan<T>(args: readonly unknown[], run: () => Promise<T>): Promise<T> {
  if (!isTracing()) return run()
  const text = textOf(args[0]).trim()
  const name = /^\w+/.exec(text)?.[0].toLowerCase() ?? 'query'
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, longestText) }
  return inSpan({ name, kind: 'client', attributes }, run)
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  return statement !== null && typeof statement === 'object' && 'text' in statement ? String(statement.text) : ''
}
