import { newId } from '../../src/kernel/ids.ts'
import type { SearchDocument, SearchQuery } from '../../src/ports/search-engine.ts'

export const publicationDay = new Date('2026-03-02T01:00:00.000Z')

/** A document with sane values; every call has an id of its own, greater than the ones before. */
export function aDocument(changes: Partial<SearchDocument> = {}): SearchDocument {
  return {
    listingId: newId('supply'),
    kind: 'supply',
    version: 1,
    market: 'ningbo',
    orgId: organisationId,
    orgName: '甬江实验室',
    qualifications: [],
    title: '高真空压铸技术',
    summary: '',
    body: '',
    keywords: [],
    fields: ['advanced-manufacturing'],
    industries: [],
    ipc: [],
    region: null,
    trlMin: null,
    trlMax: null,
    cooperationModes: [],
    priceMinFen: null,
    priceMaxFen: null,
    deadline: null,
    trustCode: 'green',
    publishedAt: publicationDay,
    ...changes,
  }
}

const organisationId = newId('organisation')

export function aQuery(changes: Partial<SearchQuery> = {}): SearchQuery {
  return { scope: 'member', sort: 'relevance', facets: [], limit: 20, ...changes }
}
