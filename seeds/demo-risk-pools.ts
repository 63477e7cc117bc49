import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { Id } from '../src/kernel/ids.ts'
import type { Principal } from '../src/kernel/principal.ts'
import {
  contribute,
  contributeBody,
  createPool,
  createPoolBody,
  enrolMember,
  findPoolByExternalId,
  listEnrolled,
} from '../src/modules/risk-sharing/index.ts'
import riskPools from './demo/risk-pools.json' with { type: 'json' }

type SeedDeps = Pick<Deps, 'db' | 'clock'>
type People = { operators: ReadonlyMap<string, Principal>; owners: ReadonlyMap<string, Principal> }
/** Pools by their key in the demo. */
export type PoolIds = Map<string, Id<'riskPool'>>

const demo = z
  .array(
    z.object({
      ...{ key: z.string(), market: z.string(), members: z.array(z.string()) },
      ...{ terms: createPoolBody, contribution: contributeBody },
    }),
  )
  .parse(riskPools)

/** The demo's pools with their members and first money, before the products that they guarantee. */
export async function seedRiskPools(deps: SeedDeps, { operators, owners }: People): Promise<PoolIds> {
  const ids: PoolIds = new Map()
  for (const { key, market, members, terms, contribution } of demo) {
    const operator = operators.get(market)
    if (operator === undefined) continue
    const externalId = `demo:${key}`
    const known = await findPoolByExternalId(deps.db, operator.orgId, externalId)
    const pool = known ?? (await createPool(deps, operator, { ...terms, market, externalId }))
    ids.set(key, pool.id)
    const wanted = members.flatMap((member) => owners.get(member)?.orgId ?? [])
    const enrolled = await listEnrolled(deps.db, pool.id, wanted)
    for (const organisationId of wanted.filter((orgId) => !enrolled.includes(orgId))) {
      await enrolMember(deps, operator, { poolId: pool.id, organisationId })
    }
    if (pool.cashFen === 0 && pool.compensatedFen === 0) {
      await contribute(deps, operator, { poolId: pool.id, ...contribution })
    }
  }
  return ids
}
