import type { ScorePart } from '../score.ts'

/**
 * Deviations above what the supply has in common with demands at large. From 2 on, one demand in 40 if they were normally
 * spread, the pair is worth a sentence; the judged pairs have 1.2 on average. Below 0.5 the supply fits others as well.
 */
const clearlyAbove = 2
const hardlyAbove = 0.5

/** Whether the texts meet because the supply means this demand or because its words fit any; nothing in between. */
export function explainPreference(parts: readonly ScorePart[]): string[] {
  const value = parts.find(({ feature }) => feature === 'content_preference')?.value ?? undefined
  if (value === undefined) return []
  if (value >= clearlyAbove)
    return [`与市场上的其他需求相比，该供给的用词明显更贴合本需求（高出其平均水平 ${value.toFixed(1)} 个标准差）。`]
  return value < hardlyAbove ? ['该供给的用词与许多其他需求同样接近，共同用词不足以说明二者匹配。'] : []
}
