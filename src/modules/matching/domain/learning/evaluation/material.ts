import { FEATURES } from '../../features/features.ts'
import { type Prepared, prepare } from '../../prepare.ts'
import { trainTextModel } from '../../text-model.ts'
import type { Facts } from '../../types.ts'
import { bm25, tsRank } from './baselines.ts'
import { measure, type Pair } from './engine.ts'

export type Text = { id: string; title: string; text: string }
export type Judgement = { demandId: string; supplyId: string; level: number }
export type Dataset = {
  demands: readonly Text[]
  supplies: readonly Text[]
  train: readonly Judgement[]
  test: readonly Judgement[]
}

export const baselines = ['bm25TitleContent', 'tsRank', 'charUnigram'] as const
export type Baseline = (typeof baselines)[number]

export type JudgedPair = Pair & Record<Baseline, number>
export type Material = { train: JudgedPair[]; test: JudgedPair[] }

/** The judged pairs, measured by the features and by the baselines. Statistics without labels use all texts. */
export function prepareDataset(
  { demands, supplies, train, test }: Dataset,
  words: (text: string) => string[],
): Material {
  const textModel = trainTextModel(
    [...demands, ...supplies].map(({ title }) => title),
    { dimensions: 160, seed: 7 },
    demands.map(({ title, text }) => ({ title, body: text })),
  )
  const byId = (texts: readonly Text[], kind: Facts['kind']) =>
    new Map(
      texts.map((text) => [
        text.id,
        {
          prepared: prepare(factsOf(text, kind), textModel),
          words: words(text.title),
          allWords: kind === 'demand' ? words(`${text.title}\n${text.text}`) : [],
        },
      ]),
    )
  const [demandOf, supplyOf] = [byId(demands, 'demand'), byId(supplies, 'supply')]
  const bm25TitleContent = bm25([...supplyOf.values()].map((supply) => supply.words))
  const toPair = ({ demandId, supplyId, level }: Judgement): JudgedPair[] => {
    const [demand, supply] = [demandOf.get(demandId), supplyOf.get(supplyId)]
    if (demand === undefined || supply === undefined) return []
    return [
      {
        ...{ group: sameTitle(demand.prepared), demandId, demand: demand.prepared, supply: supply.prepared, level },
        values: measure(demand.prepared, supply.prepared),
        bm25TitleContent: bm25TitleContent(demand.allWords, supply.words),
        tsRank: tsRank(demand.allWords, supply.words),
        charUnigram: FEATURES.title_characters.measure(demand.prepared, supply.prepared) ?? 0,
      },
    ]
  }
  return { train: train.flatMap(toPair), test: test.flatMap(toPair) }
}

/** A demand that was entered twice is one: otherwise p2 would learn from its twin. */
function sameTitle({ facts }: Prepared): string {
  return facts.title.normalize('NFKC').replace(/\s+/gu, '')
}

function factsOf({ id, title, text }: Text, kind: Facts['kind']): Facts {
  return {
    ...{
      id,
      kind,
      title,
      body: kind === 'demand' ? text : '',
      orgId: id,
      market: '',
      state: 'published',
      trustCode: 'green',
    },
    ...{ fields: [], industries: [], strategicIndustries: [], ipc: [], cooperationModes: [] },
    ...{ ipBlockedModes: [], acceptedRegions: [] },
  }
}
