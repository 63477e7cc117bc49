import type { Listing } from '../listings/index.ts'

type Details = Record<string, unknown>

/**
 * The create body of the joint demand: what the leading demand says, with what the others add. Lists are joined, budgets
 * are summed, the earliest deadline holds. The leading member reads it over before it hands it to the market.
 */
export function jointBody(lead: Listing, others: readonly Listing[]): Record<string, unknown> {
  const all = [lead, ...others]
  const { content } = lead
  const [trlMin, trlMax] = [numbersOf(all, 'trlMin'), numbersOf(all, 'trlMax')]
  const [budgetMin, budgetMax] = [numbersOf(all, 'budgetMinFen'), numbersOf(all, 'budgetMaxFen')]
  const deadlines = textsOf(all, 'deadline').sort()
  return withoutAbsent({
    market: lead.market,
    title: `${content.title.slice(0, 110)}（联合攻关）`,
    summary: `${all.length} 家单位的共性需求。`,
    description: content.description,
    fields: union(all, 3, ({ content: { fields } }) => fields),
    industries: union(all, 10, ({ content: { industries } }) => industries),
    ipc: union(all, 20, ({ content: { ipc } }) => ipc),
    keywords: union(all, 20, ({ content: { keywords } }) => keywords),
    cooperationModes: union(all, 10, ({ content: { cooperationModes } }) => cooperationModes),
    indicators: content.indicators,
    region: content.region,
    provenance: {
      source: '共性需求归集',
      note: all
        .map(({ id }) => id)
        .join('；')
        .slice(0, 300),
    },
    problem: [...new Set(textsOf(all, 'problem'))].join('\n').slice(0, 5_000) || undefined,
    scenario: textsOf([lead], 'scenario')[0],
    constraints: union(all, 20, ({ details: { constraints } }) => (constraints ?? []) as string[]),
    elements: lead.details.elements,
    trlMin: trlMin.length === all.length ? Math.min(...trlMin) : undefined,
    trlMax: trlMax.length === all.length ? Math.max(...trlMax) : undefined,
    deadline: deadlines[0],
    budgetMinFen: budgetMin.length === all.length ? sum(budgetMin) : undefined,
    budgetMaxFen: budgetMax.length === all.length ? sum(budgetMax) : undefined,
    budgetKind: 'challenge',
    isCommonDemand: true,
  })
}

function union(all: readonly Listing[], most: number, read: (listing: Listing) => readonly string[]): string[] {
  return [...new Set(all.flatMap(read))].slice(0, most)
}

function numbersOf(all: readonly { details: Details }[], name: string): number[] {
  return all.flatMap(({ details }) => (typeof details[name] === 'number' ? [details[name]] : []))
}

function textsOf(all: readonly { details: Details }[], name: string): string[] {
  return all.flatMap(({ details }) => (typeof details[name] === 'string' ? [details[name]] : []))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function withoutAbsent(body: Details): Details {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}
