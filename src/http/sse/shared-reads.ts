import { limitConcurrency } from '../../kernel/turns.ts'
import type { StreamPage, StreamSource } from './source.ts'

export type Read = StreamSource['read']
export type ShareReads = (source: StreamSource) => Read

/** Of the process: 500 streams that wake together must not keep requests from the pool's 20 connections. */
const maxReads = 5

/**
 * Lets streams with the same events share a read: 500 watchers of a lot that wake together, all at the same number, cost one
 * query. A read is shared only while it runs, so nobody gets an old page.
 */
export function sharedReads(): ShareReads {
  const running = new Map<string, Promise<StreamPage>>()
  const inTurn = limitConcurrency(maxReads)
  return ({ sharedAs, read }) => {
    if (sharedAs === undefined) return (page) => inTurn(() => read(page))
    return (page) => {
      const key = `${sharedAs} ${page.after} ${page.limit}`
      const known = running.get(key)
      if (known) return known
      const started = inTurn(() => read(page)).finally(() => running.delete(key))
      running.set(key, started)
      return started
    }
  }
}
