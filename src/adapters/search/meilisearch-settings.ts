import { createHash } from 'node:crypto'
import type { Settings } from 'meilisearch'

/** Raise it when `toStoredDocument` changes; changes of the settings below are noticed by themselves. */
const DOCUMENT_VERSION = 1

/** An embedder that the server itself asks for vectors. */
export type MeilisearchEmbedder = {
  kind: 'openAi' | 'rest'
  url: string
  model: string | undefined
  key: string | undefined
}

export const EMBEDDER = 'listings'

/** Best first: where a word stands decides between documents that have the same words. */
const searchableAttributes = [
  ...['titleText', 'titleWords', 'nameTexts', 'nameWords'],
  ...['summaryText', 'summaryWords', 'bodyText', 'bodyWords'],
]

const filterableAttributes = [
  ...['listingId', 'kind', 'market', 'fields', 'industries', 'industryPrefixes', 'ipcPrefixes', 'regionPrefixes'],
  ...['prefecture', 'modes', 'trlFrom', 'trlTo', 'trlLevels', 'priceFrom', 'priceTo', 'trust', 'qualifications'],
  ...['codes', 'bodyCodes', 'suggestions', 'publishedMs', 'priceKey', 'deadlineKey', 'idHead', 'idTail'],
]

/** What search answers may hold; the body is searched and never shown. */
const displayedAttributes = [
  ...['listingId', 'kind', 'version', 'title', 'summary', 'owner', 'trust'],
  ...['publishedMs', 'priceKey', 'deadlineKey', 'idHead', 'idTail'],
]

/** The whole configuration of an index, as code. */
export function indexSettings(embedder?: MeilisearchEmbedder): Settings {
  return {
    ...{ searchableAttributes, filterableAttributes, displayedAttributes },
    sortableAttributes: ['publishedMs', 'priceKey', 'deadlineKey', 'idHead', 'idTail'],
    // `sort` first: who sorts by price wants the lowest price. Trust and freshness decide between equally good texts.
    rankingRules: [
      ...['sort', 'words', 'typo', 'attribute', 'trustRank:desc'],
      ...['proximity', 'exactness', 'publishedMs:desc', 'idHead:asc'],
    ],
    typoTolerance: { enabled: true, minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
    faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'count' } },
    // Pages go by keys, not by offset, so a high number costs nothing; totals are capped by it.
    pagination: { maxTotalHits: 1_000_000 },
    // Without it Chinese characters may be taken for Japanese and cut by another dictionary.
    localizedAttributes: [{ attributePatterns: ['*'], locales: ['zho'] }],
    ...(embedder && { embedders: { [EMBEDDER]: embedderSettings(embedder) } }),
  }
}

/** Names the settings and the shape of documents; an index of another version has to be rebuilt. Knows no secret. */
export function settingsVersion(embedder?: MeilisearchEmbedder): string {
  const settings = indexSettings(embedder && { ...embedder, key: undefined })
  return `${DOCUMENT_VERSION}-${createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 12)}`
}

type EmbedderSettings = NonNullable<NonNullable<Settings['embedders']>[string]>

/**
 * Both as the source `rest`, because the server's own source `openAi` takes the model names of OpenAI alone. `openAi` speaks
 * to every server with that interface, `rest` to text-embeddings-inference and its like.
 */
function embedderSettings({ kind, url, model, key }: MeilisearchEmbedder): EmbedderSettings {
  const texts = ['{{text}}', '{{..}}']
  const named = model === undefined ? {} : { model }
  const forms = {
    openAi: { request: { ...named, input: texts }, response: { data: [{ embedding: '{{embedding}}' }, '{{..}}'] } },
    rest: { request: { ...named, inputs: texts }, response: ['{{embedding}}', '{{..}}'] },
  }
  const documentTemplate = '{{doc.title}}。{{doc.summary}}'
  return { source: 'rest', url, documentTemplate, ...forms[kind], ...(key === undefined ? {} : { apiKey: key }) }
}
