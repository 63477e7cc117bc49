import { expect, it } from 'vitest'
import type { DealStage } from '../../../../src/modules/deals/domain/stage.ts'
import { trackOf } from '../../../../src/modules/deals/domain/track.ts'

it.each<[DealStage[], number, number]>([
  [[], 0, 0],
  [['intent', 'negotiating'], 0, 0],
  [['dropped', 'intent', 'dropped', 'dropped'], 0, 3],
  [['dropped', 'signed', 'dropped'], 1, 1],
  [['registered', 'performed'], 2, 0],
])('of %j are %d signed and %d dropped since', (stages, dealsSigned, droppedInARow) => {
  expect(trackOf(stages)).toEqual({ dealsSigned, droppedInARow })
})
