export type StreamTimings = {
  /** How long a client waits before it connects again. */
  retryMs: number
  /** A comment in so many ms keeps proxies from closing the connection; the stream then also looks for what it missed. */
  heartbeatMs: number
  /** How often it is asked anew whether the viewer may still read. */
  renewalMs: number
  /** A client that takes nothing for so long is dropped. */
  stallMs: number
}

/** SSE-1, SSE-3. */
export const streamTimings: StreamTimings = {
  retryMs: 3_000,
  heartbeatMs: 15_000,
  renewalMs: 60_000,
  stallMs: 30_000,
}
