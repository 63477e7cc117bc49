/** One event of a stream; each has a number of its own, because a client resumes after the last number it has got. */
export type StreamEvent = { id: number; event: string; data: unknown }

/** What can be read now: after `floor` nothing is missing, `last` is the newest number. */
export type StreamExtent = { floor: number; last: number }

/** A page of events after a number, ascending. `isOver` with the last of them: nothing will ever follow. */
export type StreamPage = { events: readonly StreamEvent[]; isOver?: boolean }

/**
 * Where the events of one stream come from: rows with strictly increasing numbers, of which a visible one has all smaller
 * ones before it. The database is the truth; the topics only say when to look.
 */
export type StreamSource = {
  topics: readonly string[]
  /** Streams with the same name read each page once for all of them: only where every viewer gets the same events. */
  sharedAs?: string
  /** Data of the first event, `ready`. */
  greeting(): Promise<unknown>
  extent(): Promise<StreamExtent>
  read(page: { after: number; limit: number }): Promise<StreamPage>
}
