import { customType, timestamp } from 'drizzle-orm/pg-core'
import { type Entity, type Id, idToUuid, uuidToId } from '../kernel/ids.ts'

/** A uuid column that reads and writes TypeIDs: `typeId('user')('user_id')`. */
export function typeId<E extends Entity>(entity: E) {
  return customType<{ data: Id<E>; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: idToUuid,
    fromDriver: (uuid) => uuidToId(entity, uuid),
  })
}

/** Bytes as stored: hashes and sealed boxes. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** timestamptz with millisecond precision, as Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
