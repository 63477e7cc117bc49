import { z } from 'zod'
import { withTx } from '../src/db/tx.ts'
import type { Deps } from '../src/deps.ts'
import { addDays, chinaDay } from '../src/kernel/clock.ts'
import type { Id } from '../src/kernel/ids.ts'
import type { Principal } from '../src/kernel/principal.ts'
import {
  announceLot,
  createLot,
  createSeason,
  createSession,
  decideRegistration,
  findRegistrationOf,
  listLots,
  listSeasons,
  listSessions,
  placeBid,
  registerBidder,
} from '../src/modules/auctions/index.ts'
import { declareLicence, listLicences } from '../src/modules/licences/index.ts'
import { findListingByExternalId, type Listing } from '../src/modules/listings/index.ts'
import type { SupplyDetails } from '../src/modules/supplies/index.ts'
import auctions from './demo/auctions.json' with { type: 'json' }

type SeedDeps = Pick<Deps, 'db' | 'clock' | 'vault' | 'live'>
type People = { operators: ReadonlyMap<string, Principal>; owners: ReadonlyMap<string, Principal> }
type Offer = { owner: Principal; supply: Listing }

const fen = z.int().min(0)
const demoLot = z.object({
  ...{ supply: z.string(), opensInMinutes: z.int(), endsInMinutes: z.int() },
  ...{ valuationFen: fen, startFen: fen, reserveFen: fen, depositFen: fen },
  ladder: z.array(z.object({ fromFen: fen, stepFen: fen })),
  bidders: z.array(z.string()),
  bids: z.array(z.object({ by: z.string(), amountFen: fen })),
})
const demo = z
  .object({
    market: z.string(),
    season: z.object({ name: z.string(), theme: z.string() }),
    session: z.object({ title: z.string(), introduction: z.string(), fields: z.array(z.string()), place: z.string() }),
    valuedBy: z.string(),
    lots: z.array(demoLot),
    licences: z.array(z.object({ supply: z.string(), amountFen: fen })),
  })
  .parse(auctions)
type DemoLot = z.output<typeof demoLot>

/** What rules ask to be published a week before bidding was published so long before the first start. */
const announcedBeforeDays = 12
const onePage = { limit: 100 }

/**
 * The season of Jiangsu with its session: a lot that runs for a week, one that is sold minutes after the first start, one that
 * found nobody, two to come, and two open licences. What is there already is left alone; times follow the first start.
 */
export async function seedAuctions(
  deps: SeedDeps,
  people: People,
  sellers: ReadonlyMap<string, string>,
): Promise<void> {
  const operator = people.operators.get(demo.market)
  if (operator === undefined) return
  const sessionId = await seedSession(deps, operator)
  const offerOf = (key: string) => findOffer(deps, people, { key, org: sellers.get(key) ?? '' })
  const lots = demo.lots.map(async (lot) =>
    seedLot(deps, people, { operator, sessionId, lot, offer: await offerOf(lot.supply) }),
  )
  const licences = demo.licences.map(async ({ supply, amountFen }) =>
    seedLicence(deps, await offerOf(supply), amountFen),
  )
  await Promise.all([...lots, ...licences])
}

async function seedSession(deps: SeedDeps, operator: Principal): Promise<Id<'auctionSession'>> {
  const { market, season, session } = demo
  const day = (days: number) => chinaDay(addDays(deps.clock.now(), days))
  const { items: seasons } = await listSeasons(deps.db, { markets: [market] }, onePage)
  const known = seasons.find(({ name }) => name === season.name)
  const times = { startsOn: day(-30), endsOn: day(60) }
  const { id: seasonId } = known ?? (await createSeason(deps, operator, { market, ...season, ...times }))
  const { items: sessions } = await listSessions(deps.db, { seasonId }, onePage)
  const held = sessions.find(({ title }) => title === session.title)
  return (held ?? (await createSession(deps, operator, { seasonId, ...session, heldOn: day(0) }))).id
}

async function findOffer(deps: SeedDeps, people: People, { key, org }: { key: string; org: string }): Promise<Offer> {
  const owner = ownerOf(people, org)
  const ref = { kind: 'supply', externalId: `demo:${key}` } as const
  const supply = await findListingByExternalId(deps.db, owner.orgId, ref)
  if (supply === undefined) throw new Error(`the demo auctions name the unknown supply ${key}`)
  return { owner, supply }
}

type Seeded = { operator: Principal; sessionId: Id<'auctionSession'>; lot: DemoLot; offer: Offer }

async function seedLot(deps: SeedDeps, people: People, { operator, sessionId, lot, offer }: Seeded): Promise<void> {
  const find = async () => {
    const { items } = await listLots(deps, operator, { query: { sessionId, ...onePage }, page: onePage })
    return items.find((view) => view.lot.supplyId === offer.supply.id)
  }
  if ((await find()) === undefined) await announceNow(deps, operator, { sessionId, lot, offer })
  const view = await find()
  if (view?.book === undefined || view.book.isClosed || view.book.endsAt <= view.now) return
  for (const key of lot.bidders) await admitBidder(deps, ownerOf(people, key), { operator, lotId: view.lot.id })
  if (view.book.seq > 0) return
  for (const [index, { by, amountFen }] of lot.bids.entries()) {
    const bid = { lotId: view.lot.id, limitFen: amountFen, isMaximum: false, key: `demo-${view.lot.id}-${index}` }
    await placeBid(deps, ownerOf(people, by), bid)
  }
}

/** In one transaction: a draft that waits for the next start would miss its hours. */
async function announceNow(
  deps: SeedDeps,
  operator: Principal,
  { sessionId, lot, offer }: Omit<Seeded, 'operator'>,
): Promise<void> {
  const now = deps.clock.now()
  const clock = { now: () => addDays(now, -announcedBeforeDays) }
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
  const { supply: _key, bidders: _bidders, bids: _bids, opensInMinutes, endsInMinutes, ...terms } = lot
  await withTx(deps.db, async (tx) => {
    const draft = await createLot({ ...deps, db: tx, clock }, offer.owner, {
      ...{ ...terms, sessionId, supplyId: offer.supply.id as Id<'supply'>, saleMode: 'assignment' },
      ...{ valuedOn: chinaDay(addDays(now, -60)), valuedBy: demo.valuedBy },
      ...{ requiredQualifications: [], priorityOrganisationIds: [], relatedOrganisationIds: [] },
      ...{ opensAt: inMinutes(opensInMinutes), endsAt: inMinutes(endsInMinutes) },
    })
    await announceLot({ db: tx, clock }, operator, draft.id)
  })
}

type Admission = { operator: Principal; lotId: Id<'auction'> }

async function admitBidder(deps: SeedDeps, bidder: Principal, { operator, lotId }: Admission): Promise<void> {
  const request = { id: lotId, acceptsTerms: true, claimsPriority: false, relatedOrganisationIds: [] }
  const registration =
    (await findRegistrationOf(deps.db, lotId, bidder.orgId)) ??
    (await registerBidder(deps, bidder, request)).registration
  if (registration.state !== 'pending') return
  const depositReference = `演示回单 ${registration.number}`
  await decideRegistration(deps, operator, { id: registration.id, decision: 'admit', depositReference })
}

async function seedLicence(deps: SeedDeps, { owner, supply }: Offer, amountFen: number): Promise<void> {
  const { items: known } = await listLicences(deps.db, { orgId: owner.orgId }, onePage)
  const [right] = (supply.details as SupplyDetails).ipRights ?? []
  if (right?.number === undefined || known.some(({ supplyId }) => supplyId === supply.id)) return
  const now = deps.clock.now()
  await declareLicence(deps, owner, {
    ...{ supplyId: supply.id as Id<'supply'>, patentNumber: right.number, fee: { form: 'one_off', amountFen } },
    ...{ paymentTerms: '提交开放许可通知后三十日内一次付清。', coOwnerConsents: [], hasPledgeeConsent: false },
    ...{ validFrom: chinaDay(now), validTo: chinaDay(addDays(now, 3 * 365)) },
    annuityPaidUntil: chinaDay(addDays(now, 200)),
  })
}

function ownerOf({ owners }: People, key: string): Principal {
  const owner = owners.get(key)
  if (owner === undefined) throw new Error(`the demo names the unknown organisation ${key}`)
  return owner
}
