import { withTx } from '../../../src/db/tx.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { idToUuid, newId } from '../../../src/kernel/ids.ts'
import { sessionReuseDetected } from '../../../src/modules/identity/index.ts'
import { appendEvents } from '../../../src/outbox/index.ts'
import { secretKeyVault } from '../../../src/vault/index.ts'
import { givenEndpoint } from '../../modules/webhooks/scene.ts'
import type { Made } from '../../support/given.ts'
import { secretKey } from '../workers.ts'
import { counted, heardBy, type Scene } from './scene.ts'

/**
 * One demand that finds its supply, owned by two organisations that hear by webhook, and a warning that goes out by mail:
 * every step from an event to what people get.
 */
export const publication: Scene = {
  name: 'publication, match, review item, notices, mail and webhooks',
  prepare: async (stage) => {
    const { database, made, hooksUrl } = stage
    const deps = { db: database.db, clock: systemClock, vault: secretKeyVault(secretKey) }
    const owners = [await made.organisation({ kind: 'university' }), await made.organisation({ kind: 'enterprise' })]
    const [seller, buyer] = owners
    for (const owner of owners) await givenEndpoint(deps, owner, { url: hooksUrl, eventTypes: ['listing.published'] })
    const title = stage.newTitle()
    let pair: Made[] = []
    return {
      run: async () => {
        pair = [await made.publishedSupply({ by: seller, title }), await made.publishedDemand({ by: buyer, title })]
        const warning = { sessionId: newId('session'), userId: buyer?.userId ?? newId('user') }
        await withTx(database.db, (tx) => appendEvents(tx, [sessionReuseDetected(warning, systemClock.now())]))
      },
      effects: async () => {
        const ids = pair.map(({ listing }) => idToUuid(listing.id))
        return { ...(await counted(database.pool, ofPair, ids)), ...(await heardBy(database.pool, owners)) }
      },
    }
  },
}

const ofPair = `
  with pair as (select id from matches where supply_id = $1 and demand_id = $2)
  select 'match' as name, count(*)::int as count from pair
  union all select 'review item', count(*)::int from review_items where match_id in (select id from pair)
  union all select 'search document', count(*)::int from search_documents where listing_id in ($1, $2)`
