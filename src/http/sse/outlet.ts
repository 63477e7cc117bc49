import { once } from 'node:events'
import type { ServerResponse } from 'node:http'

/** More waiting bytes than this, and the stream reads nothing more until the client has taken some (SSE-4). */
const bufferBytes = 1_048_576

export type Outlet = {
  /** Resolves when there is room for more; false when the client is gone or has taken nothing for too long. */
  write(text: string): Promise<boolean>
  readonly isBlocked: boolean
}

/** The client's end of a stream, with a bound on what waits for it. */
export function outletOf(response: ServerResponse, { stallMs }: { stallMs: number }): Outlet {
  let isBlocked = false
  const hasRoom = async () => {
    isBlocked = true
    const patience = AbortSignal.timeout(stallMs)
    try {
      await once(response, 'drain', { signal: patience })
      return true
    } catch {
      return false
    } finally {
      isBlocked = false
    }
  }
  return {
    get isBlocked() {
      return isBlocked
    },
    write: async (text) => {
      if (response.writableEnded || response.destroyed) return false
      const isTaken = response.write(text)
      return isTaken || response.writableLength < bufferBytes ? true : hasRoom()
    },
  }
}
