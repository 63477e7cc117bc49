import { describe, expect, it } from 'vitest'
import { readMigrations } from '../src/db/migrate.ts'

const migrations = await readMigrations('migrations')

describe('the migrations of the product', () => {
  it('are numbered from 0001 without gaps', () => {
    expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
    expect(migrations.length).toBeGreaterThan(0)
  })

  it.each([
    ['drop a table', /\bdrop\s+table\b/i],
    ['rename anything', /\brename\s+(to|column|constraint)\b/i],
    ['change the type of a column', /\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b/i],
  ])('do not %s, because the program before this one still runs on it', (_, pattern) => {
    const offenders = migrations.filter(({ sql }) => pattern.test(withoutComments(sql)))
    expect(offenders.map((migration) => migration.name)).toEqual([])
  })

  it('create indexes concurrently only outside a transaction', () => {
    const offenders = migrations.filter(
      ({ sql, isTransactional }) => isTransactional && /\bindex\s+concurrently\b/i.test(withoutComments(sql)),
    )
    expect(offenders.map((migration) => migration.name)).toEqual([])
  })

  it('create an index in a transaction only on a table of the same file, so that no write waits for it', () => {
    const offenders = migrations.flatMap((migration) => {
      if (!migration.isTransactional) return []
      const sql = withoutComments(migration.sql)
      const created = new Set([...sql.matchAll(/create table (?:if not exists )?(\w+)/gi)].map(([, table]) => table))
      const indexed = [...sql.matchAll(/create (?:unique )?index \w+\s+on (\w+)/gi)].map(([, table]) => table)
      return indexed.filter((table) => !created.has(table)).map((table) => `${migration.name}: ${table}`)
    })
    expect(offenders).toEqual([])
  })
})

function withoutComments(sql: string): string {
  return sql.replace(/--.*$/gm, '')
}
