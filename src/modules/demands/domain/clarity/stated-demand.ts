export type StatedIndicator = { name: string; unit?: string | undefined }

/** What a demand says, as far as clarity reads it. Confidential text has no field here. */
export type StatedDemand = {
  title: string
  summary?: string | undefined
  description?: string | undefined
  keywords: readonly string[]
  indicators: readonly StatedIndicator[]
  cooperationModes: readonly string[]
  problem?: string | undefined
  scenario?: string | undefined
  currentPractice?: string | undefined
  triedAndFailed?: string | undefined
  constraints?: readonly string[] | undefined
  elements?: Readonly<
    Partial<Record<'material' | 'method' | 'efficacy' | 'product' | 'application', string | undefined>>
  >
  budgetMinFen?: number | undefined
  budgetMaxFen?: number | undefined
  deadline?: string | undefined
  trlMin?: number | undefined
  trlMax?: number | undefined
}

/** All free text, one piece a line, in full-width forms made plain, so that one pattern reads both. */
export function textOf(demand: StatedDemand): string {
  const { title, summary, description, problem, scenario, currentPractice, triedAndFailed } = demand
  const pieces = [title, summary, description, problem, scenario, currentPractice, triedAndFailed]
  const all = [...pieces, ...(demand.constraints ?? []), ...demand.keywords].filter((text) => text !== undefined)
  return all.join('\n').normalize('NFKC')
}
