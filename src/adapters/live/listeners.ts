type Wake = () => void

export type Listeners = {
  add(topics: readonly string[], wake: Wake): () => void
  wake(topics: readonly string[]): void
  /** After a connection was lost: any topic may have been nudged meanwhile. */
  wakeAll(): void
}

/** Who listens to which topic in this process. */
export function listeners(): Listeners {
  const byTopic = new Map<string, Set<Wake>>()
  const add = (topic: string, wake: Wake) => {
    const waiting = byTopic.get(topic) ?? new Set()
    byTopic.set(topic, waiting.add(wake))
  }
  const remove = (topic: string, wake: Wake) => {
    const waiting = byTopic.get(topic)
    waiting?.delete(wake)
    if (waiting?.size === 0) byTopic.delete(topic)
  }
  return {
    add: (topics, wake) => {
      // A function of its own for each call, so that the same `wake` may listen twice and leave once.
      const own = () => wake()
      for (const topic of topics) add(topic, own)
      return () => {
        for (const topic of topics) remove(topic, own)
      }
    },
    wake: (topics) => {
      for (const wake of new Set(topics.flatMap((topic) => [...(byTopic.get(topic) ?? [])]))) wake()
    },
    wakeAll: () => {
      for (const wake of new Set([...byTopic.values()].flatMap((waiting) => [...waiting]))) wake()
    },
  }
}
