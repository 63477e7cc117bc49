import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { interestBands } from './domain/interest.ts'

/** Who would bid for a supply, before its lot has terms. */
export const auctionInterests = pgTable(
  'auction_interests',
  {
    supplyId: typeId('supply')('supply_id').notNull(),
    orgId: typeId('organisation')('org_id').notNull(),
    userId: typeId('user')('user_id').notNull(),
    band: text('band', { enum: interestBands }).notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.supplyId, table.orgId] })],
)
