import { classification } from './classification.ts'
import { commercialFit } from './commercial-fit.ts'
import { contentCharacters } from './content-characters.ts'
import { contentPreference } from './content-preference.ts'
import { decisionHistory } from './decision-history.ts'
import type { Feature, FeatureName } from './feature.ts'
import { indicators } from './indicators.ts'
import { maturityFit } from './maturity-fit.ts'
import { region } from './region.ts'
import { responsiveness } from './responsiveness.ts'
import { contentStanding, titleStanding } from './standing.ts'
import { termRarity } from './term-rarity.ts'
import { titleCharacters } from './title-characters.ts'
import { titleEmbedding } from './title-embedding.ts'
import { trust } from './trust.ts'

/** Every feature there is. A new one is a file, a name in `FeatureName` and a line here. */
export const FEATURES: Readonly<Record<FeatureName, Feature>> = {
  title_characters: titleCharacters,
  content_characters: contentCharacters,
  title_embedding: titleEmbedding,
  title_standing: titleStanding,
  content_standing: contentStanding,
  content_preference: contentPreference,
  term_rarity: termRarity,
  classification,
  indicators,
  commercial_fit: commercialFit,
  maturity_fit: maturityFit,
  region,
  trust,
  responsiveness,
  decision_history: decisionHistory,
}
