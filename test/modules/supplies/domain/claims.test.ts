import { expect, it } from 'vitest'
import { unprovenClaims } from '../../../../src/modules/supplies/domain/claims.ts'

const claim = (text: string, more: { comparison?: string; evidence?: string } = {}) => ({ claim: text, ...more })

it.each([
  ['a figure that nothing proves', [claim('能耗降低30%')], [], ['能耗降低30%']],
  ['a figure in the comparison', [claim('更省电', { comparison: '比传统工艺低 12%' })], [], ['更省电']],
  ['words without a figure', [claim('工艺更稳定')], [], []],
  ['a figure with evidence of its own', [claim('能耗降低30%', { evidence: '检测报告 2026-118' })], [], []],
  ['evidence of the maturity, which stands for the whole', [claim('能耗降低30%')], ['台架试验报告'], []],
  ['one of two', [claim('减重15%', { evidence: '报告' }), claim('成本降低8%')], [], ['成本降低8%']],
])('%s', (_what, advantages, trlEvidence, unproven) => {
  expect(unprovenClaims({ advantages, trlEvidence })).toEqual(unproven)
})
