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

/** The list that a cursor belongs to: operation, path parameters and filters. */
export type ListIdentity = { operationId: string; params: unknown; query: unknown }

/** Reads and writes cursors that hold only for one list with one set of filters. */
export function pager(box: SealedBox, list: ListIdentity, nowMs: number): Pager {
  return {
    request: ({ limit, cursor }) =>
      cursor === undefined ? { limit } : { limit, after: readCursor(box, list, cursor, nowMs) },
    answer: (page, present) => ({
      data: page.items.map(present),
      page: {
        nextCursor: page.next ? writeCursor(box, list, page.next, nowMs) : null,
        hasMore: page.next !== undefined,
      },
    }),
  }
}

function writeCursor(box: SealedBox, list: ListIdentity, keyset: Keyset, nowMs: number): string {
  return box.seal(JSON.stringify([nowMs + lifetimeMs, keyset]), contextOf(list)).toString('base64url')
}

function readCursor(box: SealedBox, list: ListIdentity, cursor: string, nowMs: number): Keyset {
  const plain = box.open(Buffer.from(cursor, 'base64url'), contextOf(list))
  const content = plain === undefined ? undefined : cursorContent.safeParse(JSON.parse(plain)).data
  if (content !== undefined && content[0] >= nowMs) return content[1]
  throw new AppError('CURSOR_INVALID', 'The cursor is damaged, expired, or belongs to a list with other filters.', {
    errors: [{ location: 'query', pointer: '#/cursor', code: 'cursor_invalid', message: 'start again without it' }],
  })
}

/** Limit and cursor may change from page to page; everything else may not. */
function contextOf({ operationId, params, query }: ListIdentity): string {
  const { limit: _limit, cursor: _cursor, ...filters } = (query ?? {}) as Record<string, unknown>
  return createHash('sha256')
    .update(JSON.stringify([operationId, params, filters]))
    .digest('base64url')
}
