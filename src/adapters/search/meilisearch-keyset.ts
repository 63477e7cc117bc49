import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Keyset } from '../../kernel/page.ts'

export const stages = ['browse', 'all', 'hybrid', 'codes', 'any'] as const
/** How hits were found: without words, by all words, also by meaning, by numbers alone, by some words. */
export type Stage = (typeof stages)[number]

/** Where the next page starts. `asOf` keeps the freshness part of a score the same on every page. */
export type MeilisearchPosition = { stage: Stage; key: number; listingId: string; asOf: number }

const wholeNumber = z.string().regex(/^-?\d{1,16}$/)
const position = z.tuple([z.literal('meilisearch'), z.enum(stages), wholeNumber, z.string(), wholeNumber])

export function writePosition({ stage, key, listingId, asOf }: MeilisearchPosition): Keyset {
  return ['meilisearch', stage, String(key), listingId, String(asOf)]
}

/** @throws CURSOR_INVALID for a position that another engine wrote. */
export function readPosition(after: Keyset | undefined): MeilisearchPosition | undefined {
  if (after === undefined) return undefined
  const parsed = position.safeParse([...after])
  if (!parsed.success) {
    throw new AppError('CURSOR_INVALID', 'The cursor belongs to another search engine.', {
      errors: [{ location: 'query', pointer: '#/cursor', code: 'cursor_invalid', message: 'start again without it' }],
    })
  }
  const [, stage, key, listingId, asOf] = parsed.data
  return { stage, key: Number(key), listingId, asOf: Number(asOf) }
}
