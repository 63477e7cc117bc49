import type { Paths } from './classification.ts'

export type Proximity = { value: number; code: string | undefined }

/**
 * The closest pair of paths and the narrowest code they share. `levels` says what a shared level is worth;
 * a deeper one counts like the last. Undefined when a side names no code.
 */
export function proximityOf(a: Paths, b: Paths, levels: readonly number[]): Proximity | undefined {
  if (a.length === 0 || b.length === 0) return undefined
  let depth = 0
  let code: string | undefined
  for (const left of a) {
    for (const right of b) {
      const shared = sharedDepth(left, right)
      if (shared <= depth) continue
      depth = shared
      code = left[shared - 1]
    }
  }
  return { value: depth === 0 ? 0 : (levels[Math.min(depth, levels.length) - 1] ?? 0), code }
}

function sharedDepth(left: readonly string[], right: readonly string[]): number {
  let depth = 0
  while (depth < left.length && left[depth] === right[depth]) depth++
  return depth
}
