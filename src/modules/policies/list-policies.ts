import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { listMarkets, marketTree } from '../markets/index.ts'
import { marketsKeptBy } from './desk.ts'
import { type PolicyCategory, type PolicyState, versionOn } from './domain/policy.ts'
import { listPolicyRows, listPublished, listVersions, type Policy } from './policy-repo.ts'
import type { PolicyView } from './read-policy.ts'

type ListPolicies = {
  market?: string | undefined
  state: PolicyState
  category?: PolicyCategory | undefined
  on?: string | undefined
  page: PageRequest
}

/**
 * Published policies in force on a day (today by default), newest first, for everybody. Drafts and withdrawn ones are for
 * those who keep them; others find none. @throws NOT_FOUND for an unknown market.
 */
export async function listPolicies(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  { market, state, category, on = chinaDay(clock.now()), page }: ListPolicies,
): Promise<PageOf<PolicyView>> {
  const markets = market === undefined ? (await listMarkets(db)).map(({ code }) => code) : await marketTree(db, market)
  if (markets.length === 0) throw notFound('market')
  if (state === 'published') return publishedOn(db, { markets, category, on, page })
  const kept = await marketsKeptBy(db, viewer)
  const own = markets.filter((code) => kept.includes(code))
  const { items, ...rest } = await listPolicyRows(db, { markets: own, state }, page)
  return { items: await withVersions(db, items), ...rest }
}

type Published = { markets: readonly string[]; category?: PolicyCategory | undefined; on: string; page: PageRequest }

/** Which version is in force decides category and presence, so all are looked at: a market has hundreds at most. */
async function publishedOn(db: Db, { markets, category, on, page }: Published): Promise<PageOf<PolicyView>> {
  const rows = await listPublished(db, markets)
  const after = page.after?.[0]
  const wanted = (await inForce(db, rows, on)).filter(
    ({ policy, shown }) =>
      (after === undefined || policy.id < after) && (category === undefined || shown.category === category),
  )
  const items = wanted.slice(0, page.limit)
  const last = items.at(-1)
  return wanted.length > page.limit && last ? { items, next: [last.policy.id] } : { items }
}

/** The policies that have a version in force on the day, with it. */
export async function inForce(db: Db, rows: readonly Policy[], on: string): Promise<PolicyView[]> {
  const all = await listVersions(db, idsOf(rows), { withDrafts: false })
  return rows.flatMap((policy) => {
    const versions = all.filter(({ policyId }) => policyId === policy.id)
    const shown = versionOn(versions, on)
    return shown === undefined ? [] : [{ policy, shown, versions }]
  })
}

async function withVersions(db: Db, rows: readonly Policy[]): Promise<PolicyView[]> {
  const all = await listVersions(db, idsOf(rows), { withDrafts: true })
  return rows.flatMap((policy) => {
    const versions = all.filter(({ policyId }) => policyId === policy.id)
    const shown = versions.at(-1)
    return shown === undefined ? [] : [{ policy, shown, versions: versions.filter((one) => one.publishedAt !== null) }]
  })
}

const idsOf = (rows: readonly Policy[]) => rows.map(({ id }) => id)
