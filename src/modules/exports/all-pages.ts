import type { PageOf, PageRequest } from '../../kernel/page.ts'

/** Rows of a statement: some 10 ms of the database, and half a megabyte of text in memory. */
const PAGE_SIZE = 500

/**
 * Every page of a list, read while the one before is sent, by the keyset that the list itself pages with. No connection is held
 * between two pages, so a slow reader costs nothing but a socket. What is refused is refused here and not amid the file:
 * the first page is read before the answer begins.
 */
export async function allPages<T>(read: (page: PageRequest) => Promise<PageOf<T>>): Promise<AsyncIterable<T[]>> {
  const first = await read({ limit: PAGE_SIZE })
  return pagesFrom(first, read)
}

async function* pagesFrom<T>(
  first: PageOf<T>,
  read: (page: PageRequest) => Promise<PageOf<T>>,
): AsyncGenerator<T[], void> {
  let page = first
  yield page.items
  while (page.next !== undefined) {
    page = await read({ limit: PAGE_SIZE, after: page.next })
    yield page.items
  }
}

/** The rows of each page as cells. */
export async function* cellsOfPages<T, R>(
  pages: AsyncIterable<T[]>,
  toRows: (items: T[]) => R[] | Promise<R[]>,
): AsyncGenerator<R[], void> {
  for await (const items of pages) yield await toRows(items)
}
