import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, typeId } from '../../db/columns.ts'
import { deedKinds } from './domain/deed.ts'

/** What a broker did, one row for a fact and broker; a trigger refuses UPDATE and DELETE. */
export const brokerDeeds = pgTable(
  'broker_deeds',
  {
    /** The fact it follows from; its ids sort by time. */
    eventId: typeId('event')('event_id').notNull(),
    userId: typeId('user')('user_id').notNull(),
    kind: text('kind', { enum: deedKinds }).notNull(),
    /** What was said, or what became of the introduction or deal. */
    action: text('action').notNull(),
    market: text('market').notNull(),
    /** The review item, introduction or deal. */
    objectId: text('object_id').notNull(),
    /** Part of the commission of a deal at that time, in basis points. */
    shareBp: integer('share_bp'),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.userId] })],
)
