import { answeringRule } from '../answering-time.ts'
import type { ScorePart } from '../score.ts'

const SIDES = { demand: '需求方', supply: '供给方' } as const

/** How soon the sides answer, of each whose time counted. */
export function explainAnsweringTimes(parts: readonly ScorePart[]): string[] {
  const part = parts.find(({ feature }) => feature === 'responsiveness')
  const pieces = part?.evidence.filter((piece) => piece.kind === 'answering') ?? []
  return pieces.map(({ side, hours, cases }) => {
    const manner = hours < answeringRule.mostHours ? `通常在 ${spanOf(hours)}内答复` : '多半一周内不答复'
    return `${SIDES[side]}${manner}（近 ${answeringRule.days} 天 ${cases} 次询问的中位数）。`
  })
}

/** From two days on hours are more than anybody wants to know. */
function spanOf(hours: number): string {
  return hours <= 48 ? `${Math.max(1, Math.ceil(hours))} 小时` : `${Math.ceil(hours / 24)} 天`
}
