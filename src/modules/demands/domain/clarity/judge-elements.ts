import { CUES } from './cues.ts'
import type { ClarityElement } from './element.ts'
import type { StatedDemand } from './stated-demand.ts'

export type ElementState = 'present' | 'partial' | 'missing'

/** `evidence` is what it rests on: the field's value or the words read from the text, at most 60 characters. */
export type Finding = { state: ElementState; evidence?: string | undefined }

type Judge = (demand: StatedDemand) => Finding | undefined

const MAX_EVIDENCE = 60
/** A problem in fewer letters is a heading. */
const MIN_PROBLEM_LETTERS = 10
/** Grammar and set phrases of titles: what is left of "提高…的技术需求" names the object. */
const TITLE_BOILERPLATE =
  /技术|需求|寻求|寻找|求购|征集|合作|研发|研究|开发|解决方案|方案|项目|相关|有关|关于|一种|及其|提高|提升|改进|改善|方法|工艺|问题|[的和与及]/gu

/** What the fields of the listing say; where they are silent, the text is read. */
const BY_FIELD: Readonly<Record<ClarityElement, Judge>> = {
  problem: ({ problem }) => {
    if (problem === undefined) return undefined
    return finding(isTelling(problem, MIN_PROBLEM_LETTERS) ? 'present' : 'partial', problem)
  },
  object: ({ elements, title }) => answered(elements?.product) ?? objectInTitle(title),
  material: ({ elements }) => answered(elements?.material),
  method: ({ elements }) => answered(elements?.method),
  efficacy: ({ elements }) => answered(elements?.efficacy),
  application: ({ elements, scenario }) => answered(elements?.application) ?? answered(scenario),
  indicators: ({ indicators }) => {
    if (indicators.length === 0) return undefined
    const names = indicators.map(({ name }) => name).join('、')
    return finding(indicators.every(({ unit }) => unit !== undefined) ? 'present' : 'partial', names)
  },
  budget: ({ budgetMaxFen, budgetMinFen }) => {
    if (budgetMaxFen !== undefined) return finding('present', `${budgetMaxFen / 100} 元`)
    return budgetMinFen === undefined ? undefined : finding('partial', `${budgetMinFen / 100} 元起`)
  },
  deadline: ({ deadline }) => answered(deadline),
  maturity: ({ trlMin, trlMax }) =>
    trlMin === undefined && trlMax === undefined ? undefined : finding('present', `${trlMin ?? 1}–${trlMax ?? 9} 级`),
  cooperation_modes: ({ cooperationModes }) =>
    cooperationModes.length > 0 ? finding('present', cooperationModes.join('、')) : undefined,
}

/** `text` is all free text of the demand, which is read where the fields do not say enough. */
export function judgeElement(element: ClarityElement, demand: StatedDemand, text: string): Finding {
  const byField = BY_FIELD[element](demand)
  if (byField?.state === 'present') return byField
  const byText = readText(element, text)
  return byText.state === 'present' ? byText : (byField ?? byText)
}

function readText(element: ClarityElement, text: string): Finding {
  const { plain, faint } = CUES[element]
  const said = plain?.exec(text)?.[0]
  if (said !== undefined) return finding('present', said)
  const touched = faint?.exec(text)?.[0]
  return touched === undefined ? { state: 'missing' } : finding('partial', touched)
}

function answered(value: string | undefined): Finding | undefined {
  if (value === undefined || !isTelling(value, 1)) return undefined
  return finding('present', value)
}

function objectInTitle(title: string): Finding | undefined {
  const rest = title.normalize('NFKC').replace(TITLE_BOILERPLATE, ' ').trim()
  return isTelling(rest, 2) ? finding('partial', rest.replace(/\s+/gu, ' ')) : undefined
}

/** Enough letters and digits, and not the same one over and over; signs and emoji say nothing. */
function isTelling(text: string, letters: number): boolean {
  const found = text.match(/[\p{L}\p{N}]/gu) ?? []
  return found.length >= letters && new Set(found).size >= Math.ceil(letters / 2)
}

function finding(state: ElementState, evidence: string): Finding {
  const characters = [...evidence.trim()]
  const short =
    characters.length > MAX_EVIDENCE ? `${characters.slice(0, MAX_EVIDENCE - 1).join('')}…` : evidence.trim()
  return { state, evidence: short }
}
