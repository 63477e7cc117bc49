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
  createListing,
  findListingByExternalId,
  type ListingKind,
  publishListing,
  schemasOf,
  submitListing,
} from '../src/modules/listings/index.ts'
import { upsertMarket } from '../src/modules/markets/index.ts'
import { type DemoUser, ensureCredentials, readCredentials } from './credentials.ts'
import { seedAuctions } from './demo-auctions.ts'
import { type DemoListing, type DemoOrganisation, demoData, inOrderOfNeed } from './demo-data.ts'
import { seedDesk } from './demo-desk.ts'
import { seedFinancing } from './demo-financing.ts'
import { seedPolicies } from './demo-policies.ts'
import { type PoolIds, seedRiskPools } from './demo-risk-pools.ts'
import { seedTalks } from './demo-talks.ts'

export type { DemoUser } from './credentials.ts'

type SeedDeps = Pick<Deps, 'db' | 'clock' | 'vault' | 'live' | 'listingKinds'>
/** An operator account for every top market, and the owner of every organisation by its key. */
type Actors = { operators: Map<string, Principal>; owners: Map<string, Principal>; pools: PoolIds }

const parallelListings = 6

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
  const { deps, close } = await compose(config, { role: 'worker', log })
  try {
    if (!(await isWanted(config, deps))) return false
    const passwords = await ensureCredentials(config.dataDir, demoData.organisations)
    for (const { parent, name, ...market } of demoData.markets) {
      const rules = market.rules as Parameters<typeof upsertMarket>[1]['rules']
      await upsertMarket(deps, { ...market, rules, parentCode: parent, nameZh: name.zh, nameEn: name.en })
    }
    const actors: Actors = { operators: new Map(), owners: new Map(), pools: new Map() }
    for (const organisation of inOrderOfNeed(demoData.organisations)) {
      await seedOrganisation(deps, organisation, { passwords, actors })
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
  const all: [ListingKind, DemoListing][] = [
    ...demoData.supplies.map((one): [ListingKind, DemoListing] => ['supply', one]),
    ...demoData.demands.map((one): [ListingKind, DemoListing] => ['demand', one]),
    ...demoData.financeProducts.map((one): [ListingKind, DemoListing] => ['finance_product', one]),
  ]
  const queue = all.values()
  let isAnyNew = false
  const lane = async () => {
    for (const [kind, listing] of queue) isAnyNew = (await seedListing(deps, actors, kind, listing)) || isAnyNew
  }
  await Promise.all(Array.from({ length: parallelListings }, lane))
  return isAnyNew
}

async function seedListing(deps: SeedDeps, actors: Actors, kind: ListingKind, demo: DemoListing): Promise<boolean> {
  const owner = actors.owners.get(demo.org)
  if (owner === undefined) throw new Error(`demo listing ${demo.key} names the unknown organisation ${demo.org}`)
  const definition = deps.listingKinds[kind]
  const externalId = `demo:${demo.key}`
  const pool = demo.pool && { riskPoolId: actors.pools.get(demo.pool) }
  const parsed = schemasOf(definition).createBody.safeParse({ ...demo.listing, ...pool, externalId })
  if (!parsed.success) throw new Error(`demo listing ${demo.key} is not valid: ${parsed.error.message}`)
  const known = await findListingByExternalId(deps.db, owner.orgId, { kind, externalId })
  const stored = known ?? (await createListing(deps, owner, { definition, body: parsed.data }))
  const ref = { definition, id: stored.id }
  const submitted = stored.state === 'draft' ? await submitListing(deps, owner, ref) : stored
  const operator = actors.operators.get(topMarket(stored.market))
  if (submitted.state === 'submitted' && operator !== undefined && owner.isOrgVerified) {
    await publishListing(deps, operator, ref)
  }
  return known === undefined
}
