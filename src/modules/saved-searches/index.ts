export { savedSearchDigestReady, savedSearchHit } from './events.ts'
export { readDigest } from './hit-view.ts'
export { findSavedSearch } from './saved-search-repo.ts'
