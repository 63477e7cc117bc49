import { idToUuid } from '../../../src/kernel/ids.ts'
import { type AuctionScene, bid as bidNow, givenAuction } from '../../modules/auctions/given-auction.ts'
import { counted, heardBy, type Scene, type Stage } from './scene.ts'

const auctions = new WeakMap<Stage, Promise<AuctionScene>>()

/** A bid over HTTP that takes the lead from another bidder, who hears of it. */
export const bid: Scene = {
  name: 'bid',
  prepare: async (stage) => {
    const { db, pool } = stage.database
    const auction = await auctionOf(stage)
    const { lot, seller } = await auction.newLot()
    const [first, second] = [await auction.bidder(lot.id), await auction.bidder(lot.id)]
    await bidNow(db, first.principal, lot.id, 100_000)
    await stage.quiet()
    const path = `/v1/auctions/${lot.id}/bids`
    return {
      run: () => stage.send({ by: second.principal, path, body: { amountFen: 200_000 }, key: `bid-on-${lot.id}` }),
      effects: async () => ({
        ...(await counted(pool, ofLot, [idToUuid(lot.id)])),
        ...(await heardBy(pool, [seller, first.principal, second.principal])),
      }),
    }
  },
}

function auctionOf(stage: Stage): Promise<AuctionScene> {
  const auction = auctions.get(stage) ?? givenAuction(stage.database.db)
  auctions.set(stage, auction)
  return auction
}

const ofLot = `
  select 'bid of ' || amount_fen as name, count(*)::int as count from auction_bids where lot_id = $1 group by amount_fen
  union all select 'price', price_fen::int from auction_books where lot_id = $1`
