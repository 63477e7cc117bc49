import { describe, expect, it } from 'vitest'
import { readMigrations } from '../src/db/migrate.ts'
import { findBlocking, rules } from './migration-rules.ts'

const migrations = await readMigrations('migrations')

/**
 * Landed before the rule, on tables that were small then; a landed file never changes. What is new has no place here.
 */
const known: readonly string[] = [
  '0008_search_scope_and_suggestions.sql: rows of a table',
  '0017_live_streams.sql: rows of a table',
  '0031_review_routing.sql: rows of a table',
  '0031_review_routing.sql: the default of a new column',
  '0031_review_routing.sql: a CHECK or foreign key',
]

describe('the migrations of the product', () => {
  it('are numbered from 0001 without gaps', () => {
    expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
    expect(migrations.length).toBeGreaterThan(0)
  })

  it('hold nobody up while they run, and leave the program before them its tables', () => {
    const findings = migrations.flatMap(findBlocking)
    const told = findings.map(({ migration, rule, statement }) => `${migration}: ${rule}: ${statement}`)
    expect(told.filter((line) => !known.some((allowed) => line.startsWith(allowed)))).toEqual([])
    expect(known.filter((allowed) => !told.some((line) => line.startsWith(allowed)))).toEqual([])
  })
})

describe('a migration that', () => {
  const findingsOf = (sql: string) => {
    const isTransactional = !sql.startsWith('-- no-transaction')
    return findBlocking({ name: '0099_probe.sql', sql, checksum: '', isTransactional }).map(({ rule }) => rule)
  }
  const bad: [string, string][] = [
    ['drop', 'drop table notes;'],
    ['drop', 'alter table notes add a int, drop column b'],
    ['rename', 'alter table notes rename column a to b'],
    ['rename', 'ALTER TABLE notes RENAME TO papers'],
    ['type', 'alter table notes alter column a type bigint'],
    ['an index', 'create index notes__a on notes (a)'],
    ['an index', 'create unique index if not exists notes__a on notes (a)'],
    ['concurrently', 'create index concurrently notes__a on notes (a)'],
    ['a new column', 'alter table notes add column a text not null'],
    ['a new column', 'alter table notes add a int default 1, add b text not null'],
    ['the default', 'alter table notes add column a uuid not null default gen_random_uuid()'],
    ['NOT NULL', 'alter table notes alter a set not null'],
    ['a CHECK', 'alter table notes add constraint notes__a check (a > 0)'],
    ['a CHECK', 'alter table notes add constraint notes__a foreign key (a) references papers (id)'],
    [
      'a constraint is validated',
      'alter table notes add constraint notes__a check (a > 0) not valid; alter table notes validate constraint notes__a',
    ],
    ['rows of a table', "update notes set a = 1 where b = 'x'"],
    ['rows of a table', 'delete from notes'],
    ['a unique', 'alter table notes add constraint notes__a unique (a)'],
    ['nothing locks', 'lock table notes'],
    ['nothing locks', 'truncate notes'],
    ['nothing locks', 'reindex table notes'],
  ]
  it.each(bad)('breaks the rule "%s …" is refused: %s', (rule, sql) => {
    expect(findingsOf(sql).map((name) => name.includes(rule) || name.startsWith(rule))).toContain(true)
  })

  it.each([
    'create table notes (id uuid primary key, a text not null); create index notes__a on notes (a)',
    'create table notes (id int); alter table notes add constraint notes__a check (id > 0)',
    '-- no-transaction\ncreate index concurrently notes__a on notes (a)',
    "alter table notes add column a text not null default 'x', add b int",
    'alter table notes add constraint notes__a check (a > 0) not valid',
    'alter table notes validate constraint notes__a',
    'create table notes (id int); update notes set id = 1',
    'alter table notes add constraint notes__a unique using index notes__a_key',
    'alter table notes drop constraint notes__a',
    '-- drop table notes\nselect 1',
    'create function f() returns trigger language plpgsql as $$ begin drop table notes; end $$',
  ])('holds nobody up passes: %s', (sql) => {
    expect(findingsOf(sql)).toEqual([])
  })

  it('breaks each rule is among the examples', () => {
    const seen = new Set(bad.flatMap(([, sql]) => findingsOf(sql)))
    expect(rules.filter(({ name }) => !seen.has(name)).map(({ name }) => name)).toEqual([])
  })
})
