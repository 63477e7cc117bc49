import type { Evidence } from '../features/feature.ts'
import type { ScorePart } from '../score.ts'
import { listOf } from './names.ts'

const MAX_TERMS = 5

/**
 * Shared phrases; without them shared characters. Related characters are told only where phrases are few,
 * because beside plain words they read like noise.
 */
export function explainTexts(parts: readonly ScorePart[]): string[] {
  const evidence = parts.flatMap((part) => part.evidence)
  const phrases = termsOf(evidence, 'phrase')
  const characters = termsOf(evidence, 'character')
  const related = evidence.flatMap((piece) => (piece.kind === 'related' ? [`${piece.term}—${piece.counterpart}`] : []))
  return [
    ...(phrases.length > 0 ? [`双方文本共同的关键词：${listOf(phrases)}。`] : []),
    ...(phrases.length === 0 && characters.length > 0 ? [`双方标题共用的特征字：${listOf(characters)}。`] : []),
    ...(phrases.length < 2 && related.length > 0
      ? [`在本平台标题中常伴随出现的字词：${listOf(related.slice(0, 3))}。`]
      : []),
    ...(phrases.length + characters.length + related.length === 0 ? ['双方文本没有共同的关键词。'] : []),
  ]
}

function termsOf(evidence: readonly Evidence[], kind: 'phrase' | 'character'): string[] {
  return evidence.flatMap((piece) => (piece.kind === kind ? [piece.term] : [])).slice(0, MAX_TERMS)
}
