import { type ClarityElement, clarityElements, elementWeights } from './element.ts'
import { type Finding, judgeElement } from './judge-elements.ts'
import { type StatedDemand, textOf } from './stated-demand.ts'

export type JudgedElement = Finding & { element: ClarityElement; weight: number }

/** How well a demand is specified: 0 for nothing, 100 for every element said in full. */
export type Clarity = { score: number; elements: readonly JudgedElement[] }

const SHARE = { present: 1, partial: 0.5, missing: 0 } as const

/** Judges by what the demand says alone, so that the same text has the same clarity in any market. */
export function clarityOf(demand: StatedDemand): Clarity {
  const text = textOf(demand)
  const elements = clarityElements.map((element) => ({
    element,
    weight: elementWeights[element],
    ...judgeElement(element, demand, text),
  }))
  const score = elements.reduce((sum, { weight, state }) => sum + weight * SHARE[state], 0)
  return { score: Math.round(score), elements }
}

/** The elements that the demand does not fully say, in the order of the list. */
export function unclearElements({ elements }: Clarity): JudgedElement[] {
  return elements.filter(({ state }) => state !== 'present')
}
