import { AppError } from './errors.ts'

type Run = <T>(task: () => Promise<T>) => Promise<T>

/** Runs at most `width` tasks at a time, others in order of arrival; refuses when more than `maxWaiting` wait (503). */
export function limitConcurrency(width: number, maxWaiting = Number.POSITIVE_INFINITY): Run {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= width) {
      if (waiting.length >= maxWaiting) {
        throw new AppError('UNAVAILABLE', 'Too much at the moment.', { headers: { 'retry-after': '1' } })
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await task()
    } finally {
      // The place passes straight to the next in line, so that a newcomer cannot take it in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** Runs tasks of one key one after the other, tasks of different keys side by side. */
export function takeTurns(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>()
  return async (key, task) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(task)
    const tail = turn.catch(() => undefined)
    tails.set(key, tail)
    try {
      return await turn
    } finally {
      if (tails.get(key) === tail) tails.delete(key)
    }
  }
}
