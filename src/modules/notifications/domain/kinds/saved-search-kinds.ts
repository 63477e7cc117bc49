import { both, casual, type Kind } from './kind.ts'

/** What a saved search finds. */
export const savedSearchKinds = {
  'saved_search.hits': {
    ...casual,
    title: both('您保存的搜索有新结果', 'Your saved search has new results'),
    body: both(
      '“{searchName}”有 {hitCount} 条新结果：{hitTitles}。',
      '“{searchName}” found {hitCount} new: {hitTitles}',
    ),
    subject: both('新结果：{searchName}', 'New results: {searchName}'),
  },
} as const satisfies Record<string, Kind>

/** What their texts show. */
export type SavedSearchParams = {
  searchName?: string
  hitCount?: number
  /** Public titles of the first hits, each in quotation marks. */
  hitTitles?: string
}
