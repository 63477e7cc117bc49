import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import type { Id } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { announceLot } from '../../src/modules/auctions/announce-lot.ts'
import { createLot } from '../../src/modules/auctions/create-lot.ts'
import { createSeason } from '../../src/modules/auctions/create-season.ts'
import { createSession } from '../../src/modules/auctions/create-session.ts'
import { deleteLot } from '../../src/modules/auctions/delete-lot.ts'
import type { Lot } from '../../src/modules/auctions/lot-repo.ts'
import { registerBidder } from '../../src/modules/auctions/register-bidder.ts'
import { financeProductKind } from '../../src/modules/financing/index.ts'
import { aLot, lagging } from '../modules/auctions/given-auction.ts'
import { testVault } from '../support/vault.ts'
import { bySide, posted, type Scene } from './fixture-makers.ts'
import type { Fixture, Params } from './world.ts'

/** As of when the lot was announced: long enough ago that it is open now. */
const depsOf = ({ harness }: Scene) => ({
  ...{ db: harness.database.db, clock: lagging(16), vault: testVault, live: memoryLiveChannel() },
})

const isNear = ({ market }: Principal) => market === 'ningbo'
const operatorOf = ({ world: { desk } }: Scene, by: Principal) => (isNear(by) ? desk.operator : desk.farOperator)
const universityOf = ({ world: { partners } }: Scene, by: Principal) => (isNear(by) ? partners.near : partners.far)

/** A season in the person's market. */
export async function auctionSeason(scene: Scene, by: Principal): Promise<{ id: Id<'auctionSeason'> }> {
  const days = { startsOn: '2026-09-01', endsOn: '2026-12-31' }
  const season = { market: by.market, name: '2026 拍卖季', ...days }
  const { id } = await createSeason(depsOf(scene), operatorOf(scene, by), season)
  return { id }
}

/** A session of a new season in the person's market. */
export async function auctionSession(scene: Scene, by: Principal): Promise<{ id: Id<'auctionSession'> }> {
  const [deps, operator] = [depsOf(scene), operatorOf(scene, by)]
  const season = await auctionSeason(scene, by)
  const about = { title: '智能制造专场', fields: ['advanced-manufacturing'], heldOn: '2026-11-11' }
  const { id } = await createSession(deps, operator, { seasonId: season.id, ...about })
  return { id }
}

/** A draft lot of the person's supply. */
async function draftLot(scene: Scene, by: Principal): Promise<Lot> {
  const session = await auctionSession(scene, by)
  const { listing } = await scene.harness.given.publishedSupply({ by, cooperationModes: ['assignment'] })
  const body = aLot({ sessionId: session.id, supplyId: listing.id as Id<'supply'> })
  return createLot(depsOf(scene), by, body)
}

async function openLot(scene: Scene, by: Principal): Promise<Lot> {
  const { id } = await draftLot(scene, by)
  return announceLot(depsOf(scene), operatorOf(scene, by), id)
}

/** An open lot near and far, a draft and a deleted one near. */
export async function lots(scene: Scene): Promise<Fixture> {
  const { owner } = scene.world.houses.enterprise
  const open = await bySide(async (_scene, by) => ({ id: (await openLot(scene, by)).id }))(scene)
  const [hidden, gone] = [await draftLot(scene, owner), await draftLot(scene, owner)]
  await deleteLot(depsOf(scene), owner, { id: gone.id, version: gone.version })
  return { ...open, hidden: { id: hidden.id }, gone: { id: gone.id } }
}

/** Of the person's organisation, to a lot of the university of that market. */
export async function auctionRegistration(scene: Scene, by: Principal): Promise<Params> {
  const { id } = await openLot(scene, universityOf(scene, by))
  const terms = { acceptsTerms: true, claimsPriority: false, relatedOrganisationIds: [] }
  const { registration } = await registerBidder(depsOf(scene), by, { id, ...terms })
  return { id: registration.id }
}

const numbers = { near: ['201710601862.3', '201810861934.2'], far: ['201310699744.2', '200310102344.5'] }

/** A patent of the person's organisation that everybody may use. */
export async function openLicence(scene: Scene, by: Principal): Promise<Params> {
  const number = numbers[isNear(by) ? 'near' : 'far'].shift() ?? 'none is left'
  const ipRights = [{ type: 'invention', number, legalState: 'granted', expiresOn: '2037-07-21' }]
  const offered = { by, cooperationModes: ['open_licence'], ipRights }
  const { listing } = await scene.harness.given.publishedSupply(offered)
  return posted('/v1/open-licences', {
    ...{ supplyId: listing.id, patentNumber: number, fee: { form: 'one_off', amountFen: 5_000_000 } },
    ...{ paymentTerms: '一次付清', validFrom: '2020-01-01', validTo: '2036-12-01' },
  })(scene, by)
}

/** Of the person's patent, by the university of that market. */
export async function licenceAcceptance(scene: Scene, by: Principal): Promise<Params> {
  const { id } = await openLicence(scene, by)
  return posted(`/v1/open-licences/${id}/acceptances`, {})(scene, universityOf(scene, by))
}

/** Of the person's organisation, not submitted yet, for a product of the bank of that market. */
export async function financeApplication(scene: Scene, by: Principal): Promise<Params> {
  const { owner, farOwner } = scene.world.houses.bank
  const { listing } = await scene.harness.given.published(financeProductKind, { by: isNear(by) ? owner : farOwner })
  const wanted = { amountFen: 200_000_000, termMonths: 12, purpose: '支付技术许可费', shareFields: [], documents: [] }
  return posted(`/v1/finance-products/${listing.id}/applications`, wanted)(scene, by)
}
