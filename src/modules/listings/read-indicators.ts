import type { ReadIndicator } from '../../text/indicators/indicator.ts'
import { measureOf } from '../../text/indicators/measure.ts'
import { readIndicators as readText } from '../../text/indicators/read-indicators.ts'
import type { Indicator, Listing } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'

/** What indicators are read from; an unsaved listing has it too. */
export type Texts = Pick<Listing, 'content' | 'details'>

const maxRead = 30

/**
 * Indicators that stand in the public and members' texts and that the owner has not declared, each once, in reading order. A
 * typical listing takes half a millisecond. Confidential text is no part of a listing and cannot get here.
 */
export function readIndicators(definition: ListingKindDefinition, { content, details }: Texts): ReadIndicator[] {
  if (definition.indicatorTexts === undefined) return []
  const texts = [content.title, content.summary, content.description, ...definition.indicatorTexts(details)]
  const told: Indicator[] = [...content.indicators]
  const found: ReadIndicator[] = []
  for (const indicator of texts.flatMap((text) => (text === undefined ? [] : readText(text)))) {
    if (found.length >= maxRead || told.some((one) => isSame(one, indicator))) continue
    told.push(indicator)
    found.push(indicator)
  }
  return found
}

/** Listings read lately; a list of 50 would otherwise be read again for every reader. */
const cache = new Map<string, ReadIndicator[]>()
const maxCached = 5_000

export function readIndicatorsOf(definition: ListingKindDefinition, listing: Listing): ReadIndicator[] {
  const key = `${listing.id}@${listing.version}`
  const known = cache.get(key)
  if (known) return known
  const found = readIndicators(definition, listing)
  if (cache.size >= maxCached) cache.clear()
  cache.set(key, found)
  return found
}

/** The same interval of one quantity under a name that holds the other (泄漏量, 气密性泄漏量), or its bare bound again. */
function isSame(one: Indicator, read: ReadIndicator): boolean {
  if (!one.name.includes(read.name) && !read.name.includes(one.name)) return false
  const [a, b] = [measureOf(one), measureOf(read)]
  if (a === undefined || a.quantity !== b?.quantity) return false
  const repeatsBound = !read.isBound && (isClose(a.min, b.min) || isClose(a.max, b.max))
  return repeatsBound || (isClose(a.min, b.min) && isClose(a.max, b.max))
}

function isClose(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}
