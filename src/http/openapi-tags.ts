import type { Json } from './json-schema.ts'

/** In the order in which a newcomer meets them; the documentation page keeps it. */
const descriptions: Record<string, string> = {
  Authentication: 'Sign in, sessions and API keys.',
  Organisations: 'Universities, enterprises, banks and brokers; their users and qualifications.',
  Markets: 'Markets 科技市场, their branches and rules.',
  Taxonomies: 'Reference data: fields, industries, regions, maturity levels.',
  Supplies: 'Achievements and patents on offer 技术供给.',
  Demands: 'Technology needs of enterprises 技术需求.',
  'Finance products': 'Loans, pledges, guarantees, subsidies and funds 科技金融产品.',
  Attachments: 'Files of listings, checked by their bytes and fetched by links that soon end.',
  'Joint demands': 'Nearly the same demands of several organisations, joined to one challenge.',
  Duplicates: 'Listings that may be one: found, shown to operators, merged or linked.',
  Imports: 'Spreadsheets of listings on their way in: CSV, XLSX and NDJSON.',
  Exports: 'Lists as files: CSV and XLSX.',
  Search: 'Search over published listings.',
  Matching: 'Matches between demands and supplies, with the reasons for every score.',
  Brokers: 'Technology brokers 技术经纪人: grade, fields, certificates, conflicts of interest, deeds.',
  Financing: 'Who may have which money, and how a match is paid for 科技金融.',
  'Risk sharing': 'Risk pools and batch guarantees 风险补偿资金池、总对总: members, guarantees, ledger.',
  Policies: 'Dated rules of public bodies with what they pay, and claims under them 政策兑现.',
  Review: 'The queue in which brokers 技术经纪人 decide on proposed matches.',
  Enquiries: 'Asking for the price of a supply 询价, and negotiating it.',
  Auctions: 'Seasons, sessions and lots 专利拍卖季: registration, bids, closing, audit.',
  Licences: 'Open licences to patents 专利开放许可.',
  Deals: 'From intent over contract and registration to performance 技术合同.',
  Introductions: 'Both sides of an approved match are asked; who accepts gets in contact 对接.',
  Statistics: 'Figures of markets, each with its moment, basis and definition.',
  Notifications: 'The inbox of the signed-in user.',
  Webhooks: 'Signed deliveries to your own systems.',
  Audit: 'Who did what, chained by hashes so that nothing can be changed or left out unnoticed.',
  Operations: 'What waits, what failed, and how to put it right; for operators.',
}

/** The tags in use, each with its sentence; one that has none here comes last and fails the lint. */
export function tagList(names: readonly string[]): Json[] {
  const order = Object.keys(descriptions)
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...new Set(names)]
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map((name) => ({ name, ...(descriptions[name] === undefined ? {} : { description: descriptions[name] }) }))
}
