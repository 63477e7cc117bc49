import { uuidToId } from '../../kernel/ids.ts'
import type { SearchHit, SearchKind } from '../../ports/search-engine.ts'
import { highlight } from './postgres-highlight.ts'
import type { QueryText } from './postgres-query-text.ts'
import { SCORE_UNIT } from './postgres-relevance.ts'
import type { FoundRow } from './postgres-statement.ts'
import { codesIn } from './postgres-words.ts'

const entityOfKind = {
  supply: 'supply',
  demand: 'demand',
  finance_product: 'financeProduct',
} as const satisfies Record<SearchKind, string>

export function toHit(row: FoundRow, text: QueryText, isScored: boolean): SearchHit {
  const variants = text.variants.flatMap(({ wanted }) => wanted)
  const terms = [...text.wanted, ...variants, ...text.phrases, ...codesIn(text.literal).map(({ written }) => written)]
  return {
    listingId: idOf(row),
    kind: row.kind,
    score: isScored ? -Number(row.key) / SCORE_UNIT : 0,
    highlights: { title: highlight(row.title, terms), summary: highlight(row.summary, terms) },
  }
}

export function idOf({ kind, listingId }: { kind: SearchKind; listingId: string }): string {
  return uuidToId(entityOfKind[kind], listingId)
}
