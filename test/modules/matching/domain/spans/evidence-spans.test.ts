import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../../../src/modules/matching/domain/features/feature.ts'
import { type SideTexts, withSpans } from '../../../../../src/modules/matching/domain/spans/evidence-spans.ts'

const demand: SideTexts = {
  fields: [
    { field: 'title', text: '壳体压铸气孔问题' },
    { field: 'problem', text: '压铸'.repeat(9) },
  ],
  mentions: [{ indicator: '气孔率≤1%', field: 'problem', start: 3, end: 9 }],
}
const supply: SideTexts = {
  fields: [{ field: 'title', text: '高真空压铸' }],
  mentions: [
    { indicator: '气孔率≤0.5%', field: 'title', start: 0, end: 2 },
    { indicator: '气孔率≤3%', field: 'summary', start: 1, end: 4 },
    { indicator: '气孔率≤30%', field: 'summary', start: 7, end: 9 },
  ],
}
const spansOf = (evidence: Evidence) => {
  const part = { feature: 'content_standing' as const, value: 1, weight: 1, contribution: 1, evidence: [evidence] }
  return withSpans([part], { demand, supply })[0]?.evidence[0]?.spans
}

describe('withSpans', () => {
  it('looks for phrases everywhere, title first, and tells at most five places a side', () => {
    expect(spansOf({ kind: 'phrase', term: '压铸', weight: 1 })).toEqual({
      demand: [
        { field: 'title', start: 2, end: 4 },
        ...[0, 2, 4, 6].map((start) => ({ field: 'problem', start, end: start + 2 })),
      ],
      supply: [{ field: 'title', start: 3, end: 5 }],
    })
  })

  it('looks for characters of titles in titles', () => {
    expect(spansOf({ kind: 'character', term: '压', weight: 1 })?.demand).toEqual([
      { field: 'title', start: 2, end: 3 },
    ])
    expect(spansOf({ kind: 'rare_term', term: '压', weight: 1 })).toEqual({
      demand: [],
      supply: [{ field: 'title', start: 3, end: 4 }],
    })
  })

  it('knows the indicators of both sides, several of one that contradict each other', () => {
    const piece = { kind: 'indicator', term: '气孔率≤1%', verdict: 'unknown', weight: 0 } as const
    expect(spansOf({ ...piece, counterpart: '气孔率≤0.5%、气孔率≤3%' })).toEqual({
      demand: [{ field: 'problem', start: 3, end: 9 }],
      supply: [
        { field: 'title', start: 0, end: 2 },
        { field: 'summary', start: 1, end: 4 },
      ],
    })
    expect(spansOf(piece)?.supply).toEqual([])
  })

  it('gives no places to what is no text, and empty ones to a term that is gone', () => {
    expect(spansOf({ kind: 'code', vocabulary: 'fields', code: 'x', weight: 1 })).toBeUndefined()
    expect(spansOf({ kind: 'phrase', term: '锻造', weight: 1 })).toEqual({ demand: [], supply: [] })
  })
})
