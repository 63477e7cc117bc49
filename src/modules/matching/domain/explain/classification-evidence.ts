import type { Evidence } from '../features/feature.ts'
import type { ScorePart } from '../score.ts'
import { listOf, type NameOf } from './names.ts'

const TITLES: Readonly<Record<Extract<Evidence, { kind: 'code' }>['vocabulary'], string>> = {
  fields: '技术领域',
  industries: '国民经济行业',
  strategicIndustries: '战略性新兴产业',
  ipc: 'IPC',
  cooperationModes: '合作方式',
  regions: '地区',
}

/** Nothing is said when the sides use no vocabulary in common: that is no disagreement. */
export function explainClassification(parts: readonly ScorePart[], nameOf: NameOf): string[] {
  const part = parts.find(({ feature }) => feature === 'classification')
  if (!part || part.value === null) return []
  const shared = part.evidence.flatMap((piece) =>
    piece.kind === 'code' ? [`${TITLES[piece.vocabulary]}“${nameOf(piece.vocabulary, piece.code)}”`] : [],
  )
  return [shared.length > 0 ? `分类相同：${listOf(shared)}。` : '双方填写的分类没有交集。']
}
