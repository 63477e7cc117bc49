import type { z } from 'zod'
import { matchDetailExample } from './examples.ts'
import type { demandNearMissesResponse, supplyNearMissesResponse } from './near-miss-schemas.ts'

const counts = { isOpen: true, matches: 2, nearMisses: 1, outOfReach: 0 }

export const demandNearMissesExample: z.input<typeof demandNearMissesResponse> = {
  ...counts,
  gates: [
    { code: 'maturity_out_of_range', nearMisses: 1 },
    { code: 'price_above_budget', nearMisses: 1 },
  ],
  pairs: [
    {
      listing: matchDetailExample.supply,
      score: 0.62,
      gates: [
        {
          code: 'maturity_out_of_range',
          distance: 0,
          detail: { wantedMin: 7, wantedMax: 9, offeredMin: 6, offeredMax: 6, gap: 1 },
        },
        {
          code: 'price_above_budget',
          distance: 0.1667,
          detail: { budgetFen: 50_000_000, priceFen: 60_000_000, missingFen: 10_000_000 },
        },
      ],
    },
  ],
  data: [
    {
      relaxations: [
        {
          ...{ kind: 'lower_maturity', field: 'trlMin', from: 7, to: 6, cost: 30 },
          zh: '成熟度下限由 7 级降到 6 级',
          en: 'Accept technology from TRL 6 instead of 7',
        },
        {
          ...{ kind: 'raise_budget', field: 'budgetMaxFen', from: 50_000_000, to: 60_000_000, cost: 30 },
          zh: '预算上限由 50 万元提高到 60 万元（+20%）',
          en: 'Raise the budget from CNY 500,000 to CNY 600,000 (+20%)',
        },
      ],
      cost: 60,
      opens: 1,
      patch: { budgetMaxFen: 60_000_000, trlMin: 6 },
      listings: [
        {
          listing: matchDetailExample.supply,
          score: 0.62,
          lifts: ['maturity_out_of_range', 'price_above_budget'],
        },
      ],
    },
  ],
}

export const supplyNearMissesExample: z.input<typeof supplyNearMissesResponse> = {
  ...counts,
  gates: [{ code: 'cooperation_modes_disjoint', nearMisses: 1 }],
  pairs: [
    {
      listing: matchDetailExample.demand,
      score: 0.62,
      gates: [
        {
          code: 'cooperation_modes_disjoint',
          distance: 0,
          detail: { wanted: ['ordinary_licence'], offered: ['exclusive_licence'] },
        },
      ],
    },
  ],
  data: [
    {
      relaxations: [
        {
          kind: 'add_cooperation_mode',
          field: 'cooperationModes',
          from: ['exclusive_licence'],
          to: 'ordinary_licence',
          cost: 25,
          zh: '合作方式也提供普通许可',
          en: 'Also offer: Ordinary licence',
        },
      ],
      cost: 25,
      opens: 1,
      patch: { cooperationModes: ['exclusive_licence', 'ordinary_licence'] },
      listings: [{ listing: matchDetailExample.demand, score: 0.62, lifts: ['cooperation_modes_disjoint'] }],
    },
  ],
}
