import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Keyset } from '../../kernel/page.ts'

export const stages = ['browse', 'all', 'any', 'similar'] as const
/** How hits were found: without text, by all words, by some words, by similar names. All pages of a search share it. */
export type Stage = (typeof stages)[number]

/** Where the next page starts. `asOf` keeps the freshness part of a score the same on every page. */
export type SearchPosition = { stage: Stage; key: string; listingId: string; asOf: string }

const position = z.tuple([z.literal('postgres'), z.enum(stages), z.string(), z.uuid(), z.string()])

export function writePosition({ stage, key, listingId, asOf }: SearchPosition): Keyset {
  return ['postgres', stage, key, listingId, asOf]
}

/** @throws CURSOR_INVALID for a position that another engine wrote. */
export function readPosition(after: Keyset | undefined): SearchPosition | undefined {
  if (after === undefined) return undefined
  const parsed = position.safeParse([...after])
  if (!parsed.success) {
    throw new AppError('CURSOR_INVALID', 'The cursor belongs to another search engine.', {
      errors: [{ location: 'query', pointer: '#/cursor', code: 'cursor_invalid', message: 'start again without it' }],
    })
  }
  const [, stage, key, listingId, asOf] = parsed.data
  return { stage, key, listingId, asOf }
}
