import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../../db/columns.ts'

/** Platforms and their branches; a listing, an organisation and its brokers each have one home market. */
export const markets = pgTable('markets', {
  code: text('code').primaryKey(),
  parentCode: text('parent_code'),
  nameZh: text('name_zh').notNull(),
  nameEn: text('name_en').notNull(),
  region: text('region').notNull(),
  rules: jsonb('rules').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
})
