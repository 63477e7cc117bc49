import { tokenizeForIndex } from '../../text/tokenize.ts'
import type { Cutter } from './domain/candidates.ts'

/** Cuts texts into words for the index and for its queries alike. */
export const cutWords: Cutter = tokenizeForIndex
