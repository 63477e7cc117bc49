import { describeApi } from '../app.ts'
import { listingKinds } from '../compose.ts'
import { systemClock } from '../kernel/clock.ts'
import type { SearchEngine } from '../ports/search-engine.ts'
import { productVersion } from './version.ts'

const refuse = () => Promise.reject(new Error('the document needs no search engine'))
const noSearch: SearchEngine = {
  upsert: refuse,
  remove: refuse,
  search: refuse,
  suggest: refuse,
  listVersions: refuse,
}

/** openapi/openapi.json as it should be for the routes of this program. */
export async function openApiText(): Promise<string> {
  const document = describeApi({ clock: systemClock, listingKinds, search: noSearch }, await productVersion())
  return `${JSON.stringify(document, null, 2)}\n`
}
