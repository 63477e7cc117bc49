import type { Db } from '../../src/db/client.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import type { Role } from '../../src/kernel/permissions.ts'
import type { OrganisationKind, Principal } from '../../src/kernel/principal.ts'
import { completeOrganisationCode, completeUscc } from '../../src/kernel/uscc.ts'
import { demandKind } from '../../src/modules/demands/index.ts'
import { financeProductKind } from '../../src/modules/financing/index.ts'
import {
  addUser,
  bootstrapOperator,
  changeVerification,
  principalOf,
  registerOrganisation,
} from '../../src/modules/identity/index.ts'
import {
  createListing,
  type Listing,
  type ListingKindDefinition,
  publishListing,
  submitListing,
} from '../../src/modules/listings/index.ts'
import { findMarket, type Market, type MarketRules, upsertMarket } from '../../src/modules/markets/index.ts'
import { supplyKind } from '../../src/modules/supplies/index.ts'
import { testVault } from './vault.ts'

type Deps = { db: Db; clock: Clock }

export type GivenMarket = { code?: string; parentCode?: string } & Partial<MarketRules>
export type GivenOrganisation = { kind?: OrganisationKind; market?: string; name?: string; isVerified?: boolean }
/** `by` owns the listing; the other fields go over the kind's example body, and null leaves one out. */
export type GivenListing = { by?: Principal; [field: string]: unknown }
export type Given = ReturnType<typeof given>

let counter = 0

/**
 * What has to be there before a test begins, made by the same use cases as in production. Parents that are not named are
 * made: `given(deps).publishedSupply()` also brings a market that publishes nothing by itself, its operator and a verified
 * owner. One `given` belongs to one state of the database: make it anew after `reset()`.
 */
export function given(needs: Deps) {
  const deps = { vault: testVault, ...needs }
  const operators = new Map<string, Promise<Principal>>()

  const market = ({ code = 'ningbo', parentCode, ...rules }: GivenMarket = {}): Promise<Market> =>
    upsertMarket(deps, {
      ...{ code, parentCode, nameZh: `${code}科技大市场`, nameEn: code, region: '330200' },
      rules: { publishOnSubmit: false, ...rules },
    })
  const ensureMarket = async (code: string) => (await findMarket(deps.db, code)) ?? (await market({ code }))

  /** An operator of the market; the same one each time. */
  const operator = (code = 'ningbo'): Promise<Principal> => {
    const known = operators.get(code)
    if (known) return known
    const made = ensureMarket(code).then(async () =>
      principalOf(await bootstrapOperator(deps, aRegistration({ market: code }))),
    )
    operators.set(code, made)
    return made
  }

  /** The owner of a new organisation; verified by the operator of its market unless told otherwise. */
  const organisation = async (wanted: GivenOrganisation = {}): Promise<Principal> => {
    const { kind = 'enterprise', market: code = 'ningbo', name, isVerified = true } = wanted
    await ensureMarket(code)
    const registration = aRegistration({ market: code, ...(name === undefined ? {} : { name }) })
    const account = await registerOrganisation(deps, { ...registration, kind })
    if (!isVerified) return principalOf(account)
    const input = { id: account.organisation.id, decision: 'verify' } as const
    const verified = await changeVerification(deps, await operator(code), input)
    return principalOf({ ...account, organisation: verified })
  }

  /** Another user of an organisation; brokers and operators are appointed by the operator of its market. */
  const user = async (of: Principal, role: Role): Promise<Principal> => {
    const isAppointed = role === 'broker' || role === 'operator'
    const adder = isAppointed && of.role !== 'operator' ? await operator(of.market) : of
    const input = { ...aRegistration().user, role, organisationId: of.orgId }
    return { ...of, userId: (await addUser(deps, adder, input)).id, role }
  }

  /** A broker of a new broker firm in the market. */
  const broker = async (code = 'ningbo'): Promise<Principal> =>
    user(await organisation({ kind: 'broker_firm', market: code }), 'broker')

  const draft = async (definition: ListingKindDefinition, wanted: GivenListing = {}): Promise<Made> => {
    const { by, ...fields } = wanted
    const body = bodyOf(definition, { market: by?.market ?? 'ningbo', ...fields })
    await ensureMarket(String(body.market))
    const owner = by ?? (await organisation({ kind: definition.owners[0], market: String(body.market) }))
    return { owner, definition, listing: await createListing(deps, owner, { definition, body }) }
  }
  const submitted = async (definition: ListingKindDefinition, wanted?: GivenListing): Promise<Made> => {
    const made = await draft(definition, wanted)
    return { ...made, listing: await submitListing(deps, made.owner, { definition, id: made.listing.id }) }
  }
  const published = async (definition: ListingKindDefinition, wanted?: GivenListing): Promise<Made> => {
    const made = await submitted(definition, wanted)
    if (made.listing.state === 'published') return made
    const ref = { definition, id: made.listing.id }
    return { ...made, listing: await publishListing(deps, await operator(made.listing.market), ref) }
  }

  return {
    ...{ market, operator, organisation, user, broker, draft, submitted, published },
    publishedSupply: (wanted?: GivenListing) => published(supplyKind, wanted),
    publishedDemand: (wanted?: GivenListing) => published(demandKind, wanted),
    publishedFinanceProduct: (wanted?: GivenListing) => published(financeProductKind, wanted),
  }
}

/** A listing with its owner and kind. */
export type Made = { owner: Principal; definition: ListingKindDefinition; listing: Listing }

/** The kind's example as a create body, changed; null leaves a field out. */
export function bodyOf(definition: ListingKindDefinition, change: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...definition.example, ...change }).filter(([, value]) => value !== null && value !== undefined),
  )
}

/** Another e-mail and credit code each time. */
function aRegistration(change: { market?: string; name?: string } = {}) {
  counter += 1
  return {
    name: `示范机构${counter}`,
    uscc: completeUscc(`91330206${completeOrganisationCode(String(20_000_000 + counter))}`),
    market: 'ningbo',
    user: { email: `given${counter}@example.com`, displayName: '示范', password: 'a meadow full of staples' },
    ...change,
  }
}
