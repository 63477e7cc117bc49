import { compose } from '../src/compose.ts'
import type { Config } from '../src/config.ts'
import type { Deps } from '../src/deps.ts'
import type { Log } from '../src/kernel/log.ts'
import type { Principal } from '../src/kernel/principal.ts'
import {
  addUser,
  bootstrapOperator,
  changeVerification,
  countOrganisations,
  findAccountByEmail,
  principalOf,
  registerOrganisation,
} from '../src/modules/identity/index.ts'
import {
  findListingByExternalId,
  type Listing,
  type ListingKind,
  publishListing,
  writeListings,
} from '../src/modules/listings/index.ts'
import { upsertMarket } from '../src/modules/markets/index.ts'
import { type DemoUser, ensureCredentials, readCredentials } from './credentials.ts'
import { seedAuctions } from './demo-auctions.ts'
import { type DemoListing, type DemoOrganisation, demoData, operatorsFirst } from './demo-data.ts'
import { seedDesk } from './demo-desk.ts'
import { seedFinancing } from './demo-financing.ts'
import { seedPolicies } from './demo-policies.ts'
import { type PoolIds, seedRiskPools } from './demo-risk-pools.ts'
import { seedTalks } from './demo-talks.ts'

export type { DemoUser } from './credentials.ts'

type SeedDeps = Pick<Deps, 'db' | 'clock' | 'vault' | 'live' | 'listingKinds'>
/** An operator account for every top market, and the owner of every organisation by its key. */
type Actors = { operators: Map<string, Principal>; owners: Map<string, Principal>; pools: PoolIds }

const lanes = 6

/** The demo accounts of this data directory, for the start-up message. */
export function demoUsers(dataDir: string): Promise<DemoUser[]> {
  return readCredentials(dataDir)
}

/**
 * Fills an empty market through the same use cases that the API calls. Every step first looks whether it is done, so a
 * start that was killed half way is completed by the next, and a complete one changes nothing.
 * @returns whether it was the first to complete the demo, so that there is work for the background jobs.
 */
export async function seedDemo(config: Config, log: Log, { isEmbedded }: { isEmbedded: boolean }): Promise<boolean> {
  if (config.demo === 'off' || (config.demo === 'auto' && !isEmbedded)) return false
  // What a crash of the server may forget, the next start seeds again.
  const { deps, close } = await compose(config, { role: 'worker', log, waitsForDisk: false })
  try {
    if (!(await isWanted(config, deps))) return false
    const passwords = await ensureCredentials(config.dataDir, demoData.organisations)
    for (const { parent, name, ...market } of demoData.markets) {
      const rules = market.rules as Parameters<typeof upsertMarket>[1]['rules']
      await upsertMarket(deps, { ...market, rules, parentCode: parent, nameZh: name.zh, nameEn: name.en })
    }
    const actors: Actors = { operators: new Map(), owners: new Map(), pools: new Map() }
    const [operators, others] = operatorsFirst(demoData.organisations)
    for (const organisations of [operators, others]) {
      await inLanes(organisations, (organisation) => seedOrganisation(deps, organisation, { passwords, actors }))
    }
    actors.pools = await seedRiskPools(deps, actors)
    const isAnyNew = await seedListings(deps, actors)
    await seedDesk(deps, actors)
    const operator = actors.operators.get('ganxian')
    if (operator !== undefined) await seedFinancing(deps, { operator, owners: actors.owners })
    const sellers = new Map(demoData.supplies.map(({ key, org }) => [key, org]))
    await seedAuctions(deps, actors, sellers)
    if (!isAnyNew) await seedTalks(deps)
    await seedPolicies(deps, actors)
    return isAnyNew
  } finally {
    await close()
  }
}

/** `auto`: an empty embedded database, or one whose demo was begun, which the credentials file tells. */
async function isWanted(config: Config, deps: SeedDeps): Promise<boolean> {
  if (config.demo === 'on') return true
  const isBegun = (await readCredentials(config.dataDir)).length > 0
  return isBegun || (await countOrganisations(deps.db)) === 0
}

type Seeding = { passwords: ReadonlyMap<string, string>; actors: Actors }

async function seedOrganisation(deps: SeedDeps, organisation: DemoOrganisation, seeding: Seeding): Promise<void> {
  const { key, kind, users, verified, ...profile } = organisation
  const [first, ...others] = users.map((user) => ({ ...user, password: seeding.passwords.get(user.email) ?? '' }))
  if (first === undefined) return
  const { role: _role, ...user } = first
  const known = await findAccountByEmail(deps.db, first.email)
  const register = () =>
    kind === 'market_operator'
      ? bootstrapOperator(deps, { ...profile, user })
      : registerOrganisation(deps, { ...profile, kind, user })
  const account = known ?? (await register())
  const owner = principalOf(account)
  if (kind === 'market_operator') seeding.actors.operators.set(topMarket(organisation.market), owner)
  const operator = seeding.actors.operators.get(topMarket(organisation.market))
  if (operator !== undefined && verified && account.organisation.verification === 'pending') {
    await changeVerification(deps, operator, { id: owner.orgId, decision: 'verify' })
  }
  seeding.actors.owners.set(key, { ...owner, isOrgVerified: verified })
  for (const other of others) {
    const adder = other.role === 'broker' || other.role === 'operator' ? operator : owner
    if (adder === undefined || (await findAccountByEmail(deps.db, other.email))) continue
    await addUser(deps, adder, { ...other, organisationId: owner.orgId })
  }
}

/** `ningbo-beilun` belongs to `ningbo`. */
function topMarket(code: string): string {
  return code.split('-')[0] ?? code
}

/** @returns whether any listing was new. */
async function seedListings(deps: SeedDeps, actors: Actors): Promise<boolean> {
  const groups: [ListingKind, string, DemoListing[]][] = [
    ...byOrganisation('supply', demoData.supplies),
    ...byOrganisation('demand', demoData.demands),
    ...byOrganisation('finance_product', demoData.financeProducts),
  ]
  let isAnyNew = false
  await inLanes(groups, async ([kind, org, listings]) => {
    const owner = actors.owners.get(org)
    if (owner === undefined) throw new Error(`demo listings name the unknown organisation ${org}`)
    isAnyNew = (await seedGroup(deps, { actors, owner, kind }, listings)) || isAnyNew
  })
  return isAnyNew
}

function byOrganisation(kind: ListingKind, all: readonly DemoListing[]): [ListingKind, string, DemoListing[]][] {
  const groups = new Map<string, DemoListing[]>()
  for (const listing of all) groups.set(listing.org, [...(groups.get(listing.org) ?? []), listing])
  return [...groups].map(([org, listings]) => [kind, org, listings])
}

type Group = { actors: Actors; owner: Principal; kind: ListingKind }

/** What an owner has of one kind, in one transaction: 232 listings are some 60 transactions instead of 700. */
async function seedGroup(deps: SeedDeps, group: Group, listings: readonly DemoListing[]): Promise<boolean> {
  const definition = deps.listingKinds[group.kind]
  const outcomes = await writeListings(deps, group.owner, {
    ...{ definition, mode: 'create_only', shouldSubmit: true, isDryRun: false },
    items: listings.map(({ key, pool, listing }) => ({
      fields: { ...listing, ...(pool && { riskPoolId: group.actors.pools.get(pool) }), externalId: externalIdOf(key) },
    })),
  })
  for (const [index, outcome] of outcomes.entries()) {
    const key = listings[index]?.key ?? ''
    if (outcome.outcome !== 'refused') await publishSubmitted(deps, group, outcome.listing)
    else if (outcome.error.code === 'EXTERNAL_ID_TAKEN') await completeKnown(deps, group, key)
    else throw new Error(`demo listing ${key} is not valid: ${outcome.error.message}`, { cause: outcome.error })
  }
  return outcomes.some(({ outcome }) => outcome === 'created')
}

const externalIdOf = (key: string) => `demo:${key}`

/** One of an earlier start; its owner may have changed it since, so only its way to the market is completed. */
async function completeKnown(deps: SeedDeps, group: Group, key: string): Promise<void> {
  const ref = { kind: group.kind, externalId: externalIdOf(key) }
  const known = await findListingByExternalId(deps.db, group.owner.orgId, ref)
  if (known !== undefined) await publishSubmitted(deps, group, known)
}

/** Where a market does not publish by itself, its operator does. */
async function publishSubmitted(deps: SeedDeps, { actors, owner, kind }: Group, listing: Listing): Promise<void> {
  const operator = actors.operators.get(topMarket(listing.market))
  if (listing.state !== 'submitted' || operator === undefined || !owner.isOrgVerified) return
  await publishListing(deps, operator, { definition: deps.listingKinds[kind], id: listing.id })
}

/** Several at a time, so that one's wait for the disk is another's work. */
async function inLanes<T>(all: readonly T[], seed: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values()
  const lane = async () => {
    for (const one of queue) await seed(one)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
