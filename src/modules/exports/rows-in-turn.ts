import type { Cell } from './domain/table.ts'

export type RowsInTurn = {
  /** The next rows, as many as are at hand and at most so many; none at the end. */
  take(most: number): Promise<Cell[][]>
  /** Whether a row is left; reads the next page to know it. */
  hasMore(): Promise<boolean>
}

/** The rows of pages for a reader that may stop amid a page and go on behind it. No more than one page is in memory. */
export function rowsInTurn(pages: AsyncIterable<Cell[][]>): RowsInTurn {
  const iterator = pages[Symbol.asyncIterator]()
  let left: Cell[][] = []
  const hasMore = async () => {
    while (left.length === 0) {
      const next = await iterator.next()
      if (next.done === true) return false
      left = next.value
    }
    return true
  }
  const take = async (most: number) => {
    if (!(await hasMore())) return []
    const taken = left.slice(0, most)
    left = left.slice(most)
    return taken
  }
  return { take, hasMore }
}
