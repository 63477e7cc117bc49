import { classification } from './classification.ts'
import { contentCharacters } from './content-characters.ts'
import type { Feature, FeatureName } from './feature.ts'
import { termRarity } from './term-rarity.ts'
import { titleCharacters } from './title-characters.ts'
import { titleEmbedding } from './title-embedding.ts'

/** Every feature there is. A new one is a file, a name in `FeatureName` and a line here. */
export const FEATURES: Readonly<Record<FeatureName, Feature>> = {
  title_characters: titleCharacters,
  content_characters: contentCharacters,
  title_embedding: titleEmbedding,
  term_rarity: termRarity,
  classification,
}
