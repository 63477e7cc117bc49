import { type ClarityTopic, cueWords } from '../demands/index.ts'
import type { Listing } from '../listings/index.ts'
import type { SupplyDetails } from '../supplies/index.ts'

/** What a supply says on a topic, as one word: two that say the same are told apart by no answer of the demand. */
export function answerOf(topic: ClarityTopic, supply: Listing): string {
  const { content, facets } = supply
  const details = supply.details as SupplyDetails
  switch (topic) {
    case 'budget':
      return `${facets.priceMinFen ?? ''}`
    case 'maturity':
      return `${facets.trlMin ?? ''}`
    case 'deadline':
      // No supply names a day.
      return ''
    case 'cooperation_modes':
      return joined(content.cooperationModes)
    case 'region':
      return content.region?.slice(0, 4) ?? ''
    case 'indicators':
      return joined(content.indicators.map(({ name }) => name))
    case 'object':
      return joined(content.ipc.map((symbol) => symbol.slice(0, 4))) || joined(content.fields)
    case 'application':
      return joined(details.applications ?? []) || joined(cueWords(topic, textOf(supply)))
    default:
      return joined(cueWords(topic, textOf(supply)))
  }
}

function textOf({ content, details }: Listing): string {
  const { coreClaim, problemSolved } = details as SupplyDetails
  const texts = [content.title, content.summary, content.description, coreClaim, problemSolved, ...content.keywords]
  return texts.filter((text) => text !== undefined).join('\n')
}

function joined(words: readonly string[]): string {
  return [...new Set(words)].sort().join(' ')
}
