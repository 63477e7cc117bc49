import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../kernel/errors.ts'
import type { Keyset, PageOf, PageRequest } from '../kernel/page.ts'
import { queryInt } from './query.ts'
import type { SealedBox } from './sealed-box.ts'

/** The two query parameters that every list takes. */
export const pageQuery = {
  limit: queryInt({ min: 1, max: 100 }).default(20),
  cursor: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: '`page.nextCursor` of the page before; valid for 7 days.' }),
}

/** Schema of a list answer: `{ data, page: { nextCursor, hasMore } }`. */
export function pageSchema<S extends z.ZodType>(item: S) {
  return z.object({
    data: z.array(item),
    page: z.object({ nextCursor: z.string().nullable(), hasMore: z.boolean() }),
  })
}

const lifetimeMs = 7 * 86_400_000
const cursorContent = z.tuple([z.number(), z.array(z.string())])

export type PageQuery = { limit: number; cursor?: string | undefined }

export type Pager = {
  request(query: PageQuery): PageRequest
  answer<T, R>(
    page: PageOf<T>,
    present: (item: T) => R,
  ): { data: R[]; page: { nextCursor: string | null; hasMore: boolean } }
}

/** Reads and writes cursors that hold only for one list with one set of filters. */
export function pager(box: SealedBox, operationId: string, query: Record<string, unknown>, nowMs: number): Pager {
  const { limit: _limit, cursor: _cursor, ...filters } = query
  const context = createHash('sha256')
    .update(`${operationId} ${JSON.stringify(filters)}`)
    .digest('base64url')
  const write = (keyset: Keyset) =>
    box.seal(JSON.stringify([nowMs + lifetimeMs, keyset]), context).toString('base64url')
  const read = (cursor: string): Keyset => {
    const plain = box.open(Buffer.from(cursor, 'base64url'), context)
    const content = plain === undefined ? undefined : cursorContent.safeParse(JSON.parse(plain)).data
    if (content === undefined || content[0] < nowMs) {
      throw new AppError('CURSOR_INVALID', 'The cursor is damaged, expired, or belongs to a list with other filters.', {
        errors: [{ location: 'query', pointer: '#/cursor', code: 'cursor_invalid', message: 'start again without it' }],
      })
    }
    return content[1]
  }
  return {
    request: ({ limit, cursor }) => (cursor === undefined ? { limit } : { limit, after: read(cursor) }),
    answer: (page, present) => ({
      data: page.items.map(present),
      page: { nextCursor: page.next ? write(page.next) : null, hasMore: page.next !== undefined },
    }),
  }
}
