import fields from '../../seeds/reference/fields.json' with { type: 'json' }
import industries from '../../seeds/reference/industries.json' with { type: 'json' }
import cities from '../../seeds/reference/regions.json' with { type: 'json' }
import synonyms from '../../seeds/reference/synonyms.json' with { type: 'json' }
import { uuidToId } from '../../src/kernel/ids.ts'
import type { SearchDocument } from '../../src/ports/search-engine.ts'
import { actions, bodySentences, materials, objects, qualities, suffixes, summaryFrames } from './vocabulary.ts'

export type Random = () => number

/** Mulberry32: the same numbers from the same seed on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Terms as people write them in listings: curated technology terms, the frequent ones first (Zipf). */
export const technologies = synonyms.groups.flat().filter((term) => term.length > 1)
const cityNames = cities.terms.filter(({ code }) => code.endsWith('00') && !code.endsWith('0000'))
const divisions = industries.terms.map(({ code }) => code).filter((code) => code.length === 3)
const kinds = ['supply', 'supply', 'supply', 'demand', 'demand', 'finance_product'] as const
const modes = ['assignment', 'exclusive_licence', 'ordinary_licence', 'joint_development', 'equity']
const qualifications = ['high_tech_enterprise', 'technology_sme', 'little_giant', 'gazelle', 'key_laboratory']
const markets = ['ningbo', 'ningbo-beilun', 'jiangsu', 'ganxian', 'hangzhou', 'suzhou', 'hefei', 'dongguan']
const ORGANISATIONS = 3_000
const FIRST_DAY = Date.parse('2024-01-01T00:00:00Z')
const DAYS = 900

/** One of the items; the first is the likeliest, the hundredth about a hundredth as likely. */
export function zipf<T>(random: Random, items: readonly T[]): T {
  return pick(items, Math.floor(items.length ** random()) - 1)
}

function any<T>(random: Random, items: readonly T[]): T {
  return pick(items, Math.floor(random() * items.length))
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[Math.max(0, Math.min(index, items.length - 1))]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

export function organisationName(index: number): string {
  const random = seededRandom(index * 7_919 + 1)
  const city = any(random, cityNames).zh.replace(/市$/, '')
  return `${city}${zipf(random, technologies.filter(isChinese))}${any(random, suffixes)}`
}

/** The listing of a number: the same on every run. */
export function syntheticListing(index: number): SearchDocument {
  const random = seededRandom(index + 1)
  const terms = [zipf(random, technologies), zipf(random, technologies), any(random, technologies)] as const
  const kind = any(random, kinds)
  const organisation = Math.floor(ORGANISATIONS * random() ** 2)
  const price = Math.floor(10 ** (4 + random() * 6)) * 100
  const trl = 1 + Math.floor(random() * 9)
  return {
    listingId: uuidToId(entities[kind], uuidOf(index)),
    ...{ kind, version: 1, market: any(random, markets) },
    orgId: uuidToId('organisation', uuidOf(organisation)),
    orgName: organisationName(organisation),
    qualifications: qualifications.filter(() => random() < 0.2),
    title: titleOf(random, terms),
    summary: fill(random, any(random, summaryFrames), terms),
    body: Array.from({ length: 6 + Math.floor(random() * 8) }, () => fill(random, any(random, bodySentences), terms))
      .concat(`专利号 ZL${patentNumber(index)}`)
      .join(''),
    keywords: [...new Set([...terms, any(random, materials)])],
    fields: [any(random, fields.terms).code],
    industries: [any(random, divisions)],
    ipc: [
      `${any(random, ['B22D', 'H01M', 'G06T', 'C08L', 'A61K', 'H01L', 'B25J'])}${1 + Math.floor(random() * 60)}/02`,
    ],
    region: any(random, cityNames).code,
    ...{ trlMin: trl, trlMax: Math.min(9, trl + Math.floor(random() * 3)) },
    cooperationModes: [any(random, modes)],
    ...{ priceMinFen: price, priceMaxFen: random() < 0.5 ? price * 2 : null },
    deadline:
      random() < 0.3 ? new Date(FIRST_DAY + (DAYS + random() * 365) * 86_400_000).toISOString().slice(0, 10) : null,
    trustCode: random() < 0.8 ? 'green' : 'yellow',
    publishedAt: new Date(FIRST_DAY + random() * DAYS * 86_400_000),
  }
}

const entities = { supply: 'supply', demand: 'demand', finance_product: 'financeProduct' } as const

export function patentNumber(index: number): string {
  return `2019${String(10_000_000 + index)}.${index % 10}`
}

function isChinese(term: string): boolean {
  return /^\p{Script=Han}+$/u.test(term)
}

function titleOf(random: Random, [first, second]: readonly [string, string, string]): string {
  const shape = random()
  if (shape < 0.4) return `${any(random, qualities)}${first}${any(random, actions)}`
  if (shape < 0.7) return `基于${first}的${any(random, objects)}${any(random, actions)}`
  return `${any(random, materials)}${first}与${second}${any(random, actions)}`
}

function fill(random: Random, frame: string, terms: readonly [string, string, string]): string {
  return frame
    .replaceAll('{a}', terms[0])
    .replaceAll('{b}', terms[1])
    .replaceAll('{c}', terms[2])
    .replaceAll('{object}', () => any(random, objects))
    .replaceAll('{material}', () => any(random, materials))
    .replaceAll('{quality}', () => any(random, qualities))
    .replaceAll('{n}', () => String(1 + Math.floor(random() * 98)))
}

function uuidOf(index: number): string {
  return `01900000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`
}
