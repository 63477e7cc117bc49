export type Progress = {
  processed: number
  /** Null until the file has been read to its end. */
  total: number | null
  ratePerSecond: number | null
  secondsLeft: number | null
}

type Counted = { processed: number; total: number | null; startedAt: Date | null; endedAt: Date | null }

/** How far an import is, how fast it was so far, and how long the rest takes at that pace. */
export function progressOf({ processed, total, startedAt, endedAt }: Counted, now: Date): Progress {
  const seconds = startedAt === null ? 0 : ((endedAt ?? now).getTime() - startedAt.getTime()) / 1_000
  const rate = seconds > 0 && processed > 0 ? processed / seconds : null
  const left = endedAt !== null ? 0 : rate === null || total === null ? null : Math.ceil((total - processed) / rate)
  return { processed, total, ratePerSecond: rate === null ? null : Math.round(rate), secondsLeft: left }
}
