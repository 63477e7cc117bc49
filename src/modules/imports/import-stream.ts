import type { Db } from '../../db/client.ts'
import type { StreamSource } from '../../http/sse/source.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getImport, type Import } from './import-repo.ts'
import { toImportResponse } from './present.ts'

/** What wakes the streams of an import. */
export const importTopic = (id: Id<'import'>) => `import ${id}`

/**
 * An import as it advances. An event is the import as a whole, so whoever was away gets the newest and misses nothing. Its number
 * follows from the rows that are done, which only grow, under the lock of the import's row; the end has the number after them
 * and ends the stream. @throws NOT_FOUND
 */
export async function importStream(
  { db, clock }: { db: Db; clock: Clock },
  { orgId }: Principal,
  id: Id<'import'>,
): Promise<StreamSource> {
  const read = () => getImport(db, { id, orgId })
  const shown = async () => toImportResponse(await read(), clock.now())
  await read()
  return {
    topics: [importTopic(id)],
    sharedAs: importTopic(id),
    greeting: shown,
    extent: async () => ({ floor: 0, last: numberOf(await read()) }),
    read: async ({ after }) => {
      const row = await read()
      const number = numberOf(row)
      const isOver = row.endedAt !== null
      const event = { id: number, event: isOver ? 'ended' : 'progress', data: toImportResponse(row, clock.now()) }
      return { events: number > after ? [event] : [], isOver }
    },
  }
}

/** 0 before the file was read, 1 and the rows that are done after it, and one more at the end. */
function numberOf({ totalRows, processedRows, endedAt }: Import): number {
  if (endedAt !== null) return processedRows + 2
  return totalRows === null ? 0 : processedRows + 1
}
