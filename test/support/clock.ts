import type { Clock } from '../../src/kernel/clock.ts'

export type TestClock = Clock & {
  /** Moves time forward by milliseconds or by words such as '90s', '15m', '2h', '3d'. */
  advance(by: number | Span): void
}

type Span = `${number}${keyof typeof unitMs}`

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A clock that stands still until the test advances it. */
export function testClock(start = '2026-03-02T01:00:00.000Z'): TestClock {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    advance: (by) => {
      now += typeof by === 'number' ? by : parseSpan(by)
    },
  }
}

function parseSpan(span: Span): number {
  const unit = span.slice(-1) as keyof typeof unitMs
  return Number(span.slice(0, -1)) * unitMs[unit]
}
