import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytes as bytea } from '../../src/db/columns.ts'
import { copyMany } from '../../src/db/copy-many.ts'
import { isDataError, isUniqueViolation } from '../../src/db/errors.ts'
import { withTx } from '../../src/db/tx.ts'
import { insertMany } from '../../src/db/write-many.ts'
import { useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()

const samples = pgTable('samples of "copy"', {
  id: integer('id').primaryKey(),
  name: text('name'),
  tags: text('tags').array(),
  facts: jsonb('facts'),
  bytes: bytea('bytes'),
  isGood: boolean('is_good').notNull().default(true),
  at: timestamp('at', { withTimezone: true }),
})
type Sample = typeof samples.$inferInsert

beforeAll(() =>
  database.db.execute(sql`create table ${samples} (id int primary key, name text, tags text[], facts jsonb, bytes bytea,
    is_good boolean not null default true, at timestamptz)`),
)

/** What the format of COPY or of arrays gives a meaning to, among whatever else; PostgreSQL stores no NUL. */
const awkward = fc.constantFrom(
  '\\N',
  '\\.',
  '\\',
  '\t',
  '\n',
  '\r\n',
  '"',
  '{',
  '}',
  ',',
  'NULL',
  '\\x41',
  '负极',
  '🙂',
  '',
)
const anyText = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme' })), { maxLength: 5 })
  .map((parts) => parts.join('').replaceAll('\0', '').toWellFormed())
const sample = fc.record({
  name: fc.option(anyText),
  tags: fc.option(fc.array(anyText, { maxLength: 3 })),
  facts: fc.option(fc.oneof(fc.array(anyText, { maxLength: 3 }), fc.record({ a: anyText, b: fc.integer() }))),
  bytes: fc.option(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes))),
  isGood: fc.boolean(),
  at: fc.option(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })),
})

describe('rows that are copied', () => {
  it('come back as they were, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { minLength: 1, maxLength: 20 }), async (list) => {
        const rows = list.map((one, id): Sample => ({ id, ...one }))
        const stored = await withTx(database.db, async (tx) => {
          await tx.execute(sql`truncate ${samples}`)
          await copyMany(tx, samples, rows)
          return tx.select().from(samples).orderBy(samples.id)
        })
        expect(stored).toEqual(rows)
      }),
      { numRuns: 40 },
    )
  })

  it('come in many pieces when they are long, and get the defaults of columns that none of them names', async () => {
    const rows = Array.from({ length: 300 }, (_, id) => ({ id: 1_000 + id, name: '长'.repeat(2_000) }))
    await withTx(database.db, (tx) => insertMany(tx, samples, rows))
    const { rows: counted } = await database.db.execute(
      sql`select count(*)::int as count, sum(length(name))::int as length, bool_and(is_good) as good from ${samples} where id >= 1000`,
    )
    expect(counted).toEqual([{ count: 300, length: 600_000, good: true }])
  })
})

describe('rows that the database refuses', () => {
  const twice = [{ id: 5_000 }, { id: 5_000 }]

  it('leave nothing, tell why, and the connection goes on', async () => {
    const copying = withTx(database.db, (tx) => copyMany(tx, samples, twice))
    await expect(copying).rejects.toSatisfy((error) => isUniqueViolation(error))
    const wrong = withTx(database.db, (tx) => copyMany(tx, samples, [{ id: 5_001, name: 'a\0b' }]))
    await expect(wrong).rejects.toSatisfy((error) => isDataError(error))
    await withTx(database.db, (tx) => copyMany(tx, samples, [{ id: 5_002 }]))
    const { rows } = await database.db.execute(sql`select id from ${samples} where id >= 5000`)
    expect(rows).toEqual([{ id: 5_002 }])
  })

  it('are not copied by a handle whose transaction has ended', async () => {
    const leaked = await withTx(database.db, async (tx) => ({ tx }))
    await expect(copyMany(leaked.tx, samples, [{ id: 5_003 }])).rejects.toThrow(/has ended/)
  })
})
