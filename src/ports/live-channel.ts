/**
 * Wakes whoever waits for news of a topic, in every process. Best effort and without content: the database holds what is
 * new, so a lost nudge costs a listener some seconds and never an event.
 */
export type LiveChannel = {
  /** Wakes the listeners of these topics soon; never throws and never waits. */
  nudge(topics: readonly string[]): void
  /**
   * Calls `wake` whenever one of the topics was nudged, and once more whenever nudges may have been lost.
   * @returns a function that ends it.
   */
  listen(topics: readonly string[], wake: () => void): () => void
  close(): Promise<void>
}
