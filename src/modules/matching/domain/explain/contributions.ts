import type { FeatureName } from '../features/feature.ts'
import type { ScorePart } from '../score.ts'
import { listOf } from './names.ts'

const TITLES: Readonly<Record<FeatureName, string>> = {
  title_characters: '标题用字',
  content_characters: '需求全文与供给标题',
  title_embedding: '标题语义',
  title_standing: '标题语义（相对于全市场）',
  content_standing: '需求全文与供给标题（相对于全市场）',
  content_preference: '供给对本需求的偏向（相对于其他需求）',
  term_rarity: '标题专业程度',
  classification: '技术分类',
  indicators: '技术指标',
  commercial_fit: '商务条件',
  maturity_fit: '成熟度',
  region: '地域远近',
  trust: '信息可信度',
  responsiveness: '答复速度',
  decision_history: '经纪人对相似成果的裁决',
}

/** Below it a part changes the odds by less than a tenth. */
const MIN_CONTRIBUTION = 0.1
const MAX_NAMED = 3

/** What moved the score most, up and down, with the share of the latent score that each part adds. */
export function explainContributions(parts: readonly ScorePart[]): string[] {
  const strongest = [...parts].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const raising = strongest.filter(({ contribution }) => contribution >= MIN_CONTRIBUTION)
  const lowering = strongest.filter(({ contribution }) => contribution <= -MIN_CONTRIBUTION)
  const told = [
    ...(raising.length > 0 ? [`加分：${namesOf(raising)}`] : []),
    ...(lowering.length > 0 ? [`减分：${namesOf(lowering)}`] : []),
  ]
  return told.length > 0 ? [`${told.join('；')}。`] : []
}

function namesOf(parts: readonly ScorePart[]): string {
  return listOf(
    parts.slice(0, MAX_NAMED).map(({ feature, contribution }) => {
      return `${TITLES[feature] ?? feature}（${contribution > 0 ? '+' : '−'}${Math.abs(contribution).toFixed(2)}）`
    }),
  )
}
