import { describe, expect, it } from 'vitest'
import { inlineJobQueue } from '../../../src/adapters/jobs/inline.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { closeLot } from '../../../src/modules/auctions/close-lot.ts'
import { fanOutWebhooksJob, webhookSubscriptions } from '../../../src/modules/webhooks/jobs.ts'
import { relayBatch } from '../../../src/outbox/index.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'
import { admit, bid, endNow, givenAuction, live, vault } from '../auctions/given-auction.ts'
import { givenEndpoint } from './scene.ts'

const database = useTestDatabase()

/** Makes the deliveries of all that has happened. */
async function fanOutAll(): Promise<void> {
  const jobs = inlineJobQueue(systemClock)
  while ((await relayBatch({ db: database.db, jobs, log: silentLog }, webhookSubscriptions)) > 0);
  await jobs.runAll([fanOutWebhooksJob], { db: database.db, clock: systemClock })
}

async function heardBy(name: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ type: string }>(
    `select d.type from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
     where e.url like $1 and d.type like 'auction.%' order by d.type`,
    [`%//${name}.%`],
  )
  return rows.map(({ type }) => type)
}

describe('an auction', () => {
  it('is told to the seller and who was admitted, its award to the seller and the buyer alone', async () => {
    const { db } = database
    const scene = await givenAuction(db)
    const deps = { db, clock: systemClock, vault, live }
    const { lot, seller } = await scene.newLot()
    const [loser, winner, stranger] = [
      await scene.made.organisation(),
      await scene.made.organisation(),
      await scene.made.organisation(),
    ]
    for (const principal of [loser, winner]) {
      await admit(scene.deps, { principal, operator: scene.operator, lotId: lot.id })
    }
    const listening: [string, Principal][] = [
      ...([
        ['seller', seller],
        ['loser', loser],
        ['winner', winner],
      ] as [string, Principal][]),
      ['stranger', stranger],
    ]
    for (const [name, who] of listening) await givenEndpoint(deps, who, { url: `https://${name}.example.com/` })
    await bid(db, loser, lot.id, 200_000)
    await bid(db, winner, lot.id, 250_000)
    await endNow(db, lot.id)
    await closeLot(deps, { lotId: lot.id })
    await fanOutAll()
    expect(await heardBy('loser')).toContain('auction.closed')
    expect(await heardBy('loser')).not.toContain('auction.awarded')
    expect(await heardBy('winner')).toEqual(expect.arrayContaining(['auction.awarded', 'auction.closed']))
    expect(await heardBy('seller')).toEqual(expect.arrayContaining(['auction.awarded', 'auction.closed']))
    expect(await heardBy('stranger')).toEqual([])
  }, 60_000)
})
