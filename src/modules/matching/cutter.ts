import { hanBigrams, hanUnigrams } from '../../text/characters.ts'
import { tokenizeForIndex } from '../../text/tokenize.ts'
import type { Cutter } from './domain/candidates.ts'

/** Cuts texts for the index and for its queries alike. */
export const cutter: Cutter = { words: tokenizeForIndex, bigrams: hanBigrams, characters: hanUnigrams }
