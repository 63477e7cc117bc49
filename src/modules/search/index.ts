export { documentsOf } from './index-listing.ts'
export { searchListingsQuery } from './schemas.ts'
