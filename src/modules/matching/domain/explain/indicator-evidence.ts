import { type Comparison, compareIndicators, type PreparedIndicator } from '../indicators/compare.ts'
import { indicatorText, quantityText } from '../indicators/indicator-text.ts'
import type { Prepared } from '../prepare.ts'

const MAX_TOLD = 4

/** Which demanded indicators are met, which are missed, and which ones a broker still has to ask about, with the numbers of both sides. */
export function explainIndicators(demand: Prepared, supply: Prepared): string[] {
  const comparisons = compareIndicators(demand.indicators, supply.indicators)
  const judged = comparisons.filter(({ verdict }) => verdict !== 'unknown')
  const unclear = comparisons.filter(({ reason }) => reason !== undefined)
  const open = unclear.filter((one) => !isContradictory(one) && isAskedFor(one, demand.indicators))
  const missed = judged.filter(({ verdict }) => verdict === 'unmet')
  const met = judged.filter(({ verdict }) => verdict === 'met')
  return [
    ...sentence('已满足的指标', met.map(judgedText)),
    ...sentence('未满足的指标', missed.map(judgedText)),
    ...sentence('说法不一、需核实的指标', unclear.filter(isContradictory).map(contradictionText)),
    ...sentence('尚待供给方确认的指标', open.map(unknownText)),
  ]
}

/** What was declared is asked for. What was read may describe the trouble; it counts where nothing was declared. */
function isAskedFor({ demanded: { isBound, source } }: Comparison, all: readonly PreparedIndicator[]): boolean {
  return source === 'declared' || (isBound && !all.some(({ fact }) => fact.source === 'declared'))
}

function isContradictory({ reason }: Comparison): boolean {
  return reason === 'contradictory'
}

function judgedText({ demanded, offered, verdict, margin = 0 }: Comparison): string {
  const [offer] = offered
  const offerText = offer ? quantityText(offer) : ''
  const missing = Math.round(Math.min(1, Math.max(0.01, -margin)) * 100)
  const end = verdict === 'met' ? '满足' : `不满足，相差约 ${missing}%`
  return `要求${indicatorText(demanded)}，供给方${saysOf(offer)}${offerText}：${end}`
}

function saysOf(offer: Comparison['offered'][number] | undefined): string {
  return offer?.source === 'read' ? '文中写明' : '声明'
}

function contradictionText({ demanded, offered }: Comparison): string {
  if (offered.length === 0) return `需求方对“${demanded.name}”的要求前后不一`
  return `要求${indicatorText(demanded)}，供给方先后写有${offered.map(quantityText).join('、')}`
}

function unknownText({ demanded, offered }: Comparison): string {
  const [offer] = offered
  return offer
    ? `要求${indicatorText(demanded)}，供给方${saysOf(offer)}${quantityText(offer)}，无法判断`
    : indicatorText(demanded)
}

function sentence(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return []
  const rest = items.length > MAX_TOLD ? `；另有 ${items.length - MAX_TOLD} 项` : ''
  return [`${title}（${items.length} 项）：${items.slice(0, MAX_TOLD).join('；')}${rest}。`]
}
