import type { Migration } from '../src/db/migrate.ts'

/** A statement that would hold up those who read or write while it runs, or break the program before this one. */
export type Finding = { migration: string; rule: string; statement: string }

type Statement = {
  text: string
  isTransactional: boolean
  /** Whether this migration makes the table. */
  isNewTable(name: string): boolean
  /** Whether this migration adds the constraint. */
  isNewConstraint(name: string): boolean
}
type Rule = { name: string; isBrokenBy(statement: Statement): boolean }

/** What a statement does to which table; undefined when it is about something else. */
const tableOf = (pattern: RegExp, text: string) => pattern.exec(text)?.[1]

/** In an ALTER TABLE of a table that was there before; several actions may stand in one statement. */
const alters =
  (action: RegExp) =>
  ({ text, isNewTable }: Statement): boolean => {
    const table = tableOf(/^alter table (?:if exists )?(?:only )?(\w+)/, text)
    return table !== undefined && !isNewTable(table) && action.test(text)
  }

/** Expand, then contract: MIG-2 of RELIABILITY, after the rules of squawk. */
export const rules: readonly Rule[] = [
  {
    name: 'drop nothing that the program before this one reads: contract in a later release',
    isBrokenBy: ({ text }) =>
      /^drop (table|view|type|schema)\b/.test(text) || alters(/\bdrop column\b/)({ text, ...always }),
  },
  {
    name: 'rename nothing',
    isBrokenBy: ({ text }) => /\brename (to|column|constraint)\b|\brename \w+ to\b/.test(text),
  },
  {
    name: 'change no type of a column: add another column',
    isBrokenBy: alters(/\balter (column )?\w+ (set data )?type\b/),
  },
  {
    name: 'an index of a table that is there is made concurrently, in a file that begins with -- no-transaction',
    isBrokenBy: ({ text, isNewTable }) => {
      const table = tableOf(/^create (?:unique )?index (?:if not exists )?\w+ on (?:only )?(\w+)/, text)
      return table !== undefined && !isNewTable(table)
    },
  },
  {
    name: 'concurrently works outside of a transaction only',
    isBrokenBy: ({ text, isTransactional }) => isTransactional && /\bindex concurrently\b/.test(text),
  },
  {
    name: 'a new column has a default or may be null: the program before this one does not fill it',
    isBrokenBy: alters(
      /\badd (column )?(?!constraint|check|primary|unique|foreign)\w+ (?:(?!,|\bdefault\b).)*\bnot null\b(?!(?:(?!,).)*\bdefault\b)/,
    ),
  },
  {
    name: 'the default of a new column is a constant: another one rewrites the table',
    isBrokenBy: alters(/\badd (column )?\w+ [^,]*\bdefault (gen_random_uuid|clock_timestamp|random|nextval)\s*\(/),
  },
  {
    name: 'NOT NULL on a filled column comes after a validated CHECK',
    isBrokenBy: alters(/\balter (column )?\w+ set not null\b/),
  },
  {
    name: 'a CHECK or foreign key on a table that is there is NOT VALID, and validated in a statement of its own',
    isBrokenBy: alters(/\badd constraint \w+ (check|foreign key)\b(?!.*\bnot valid\b)/),
  },
  {
    name: 'a constraint is validated in a later file: the lock of adding it would be held while all rows are read',
    isBrokenBy: (statement) => {
      const constraint = tableOf(/\bvalidate constraint (\w+)/, statement.text)
      const isAdded = constraint !== undefined && statement.isNewConstraint(constraint)
      return isAdded && statement.isTransactional && alters(/\bvalidate\b/)(statement)
    },
  },
  {
    name: 'rows of a table that is there are rewritten in batches by a job: a migration would lock them all until its end',
    isBrokenBy: ({ text, isNewTable }) => {
      const table = tableOf(/^(?:update|delete from) (?:only )?(\w+)/, text)
      return table !== undefined && !isNewTable(table)
    },
  },
  {
    name: 'a unique constraint on a table that is there takes an index that was made concurrently',
    isBrokenBy: alters(/\badd (constraint \w+ )?(unique|primary key)\b(?!.*\busing index\b)/),
  },
  {
    name: 'nothing locks a whole table or rewrites it',
    isBrokenBy: ({ text, isNewTable }) =>
      /^(lock( table)?|vacuum full|cluster|truncate)\b/.test(text) ||
      (/^reindex\b/.test(text) && !/\bconcurrently\b/.test(text)) ||
      alters(/\bset (unlogged|logged|tablespace)\b/)({ ...always, text, isNewTable }),
  },
]

const always = { isNewTable: () => false, isNewConstraint: () => false, isTransactional: true }

export function findBlocking(migration: Migration): Finding[] {
  const statements = statementsOf(migration.sql)
  const created = new Set(statements.flatMap((text) => tableOf(/^create table (?:if not exists )?(\w+)/, text) ?? []))
  const added = new Set(
    statements.flatMap((text) => [...text.matchAll(/\badd constraint (\w+)/g)].map(([, name = '']) => name)),
  )
  const { isTransactional } = migration
  const about = { isTransactional, isNewTable: isIn(created), isNewConstraint: isIn(added) }
  return statements.flatMap((text) =>
    rules
      .filter(({ isBrokenBy }) => isBrokenBy({ ...about, text }))
      .map(({ name }) => ({ migration: migration.name, rule: name, statement: text.slice(0, 120) })),
  )
}

const isIn = (names: ReadonlySet<string>) => (name: string) => names.has(name)

/** In lower case, on one line, without comments; bodies of functions are one statement with what is in them left out. */
function statementsOf(sql: string): string[] {
  return sql
    .replace(/--.*$/gm, '')
    .replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, '$body$')
    .split(';')
    .map((text) => text.replace(/\s+/g, ' ').trim().toLowerCase())
    .filter((text) => text !== '')
}
