import type { Json } from './json-schema.ts'

const descriptions: Record<string, string> = {
  authentication: 'Sign in, sessions and API keys.',
  markets: 'Markets 科技市场, their branches and rules.',
  matching: 'Matches between demands and offers, with the reasons for every score.',
  notifications: 'The inbox of the signed-in user.',
  organisations: 'Universities, enterprises, banks and brokers; their users and qualifications.',
  review: 'The queue in which brokers accept or reject proposed matches.',
  search: 'Search over published listings.',
  taxonomies: 'Reference data: fields, industries, regions, maturity levels.',
  supplies: 'Technology supply 技术供给.',
  demands: 'Technology demand 技术需求.',
  'finance-products': 'Finance products 科技金融产品.',
}

/** The tags in use, in order, each with a sentence for the documentation page. */
export function tagList(names: readonly string[]): Json[] {
  return [...new Set(names)].sort(ignoringCase).map((name) => {
    const description = descriptions[name.toLowerCase()]
    return description === undefined ? { name } : { name, description }
  })
}

function ignoringCase(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : 1
}
