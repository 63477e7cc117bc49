import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { Principal } from '../src/kernel/principal.ts'
import { readBroker, updateBroker, updateBrokerBody } from '../src/modules/brokers/index.ts'
import { findAccountByEmail, principalOf } from '../src/modules/identity/index.ts'
import desk from './demo/desk.json' with { type: 'json' }
import { dealPlan, seedDeal } from './demo-deals.ts'

type SeedDeps = Pick<Deps, 'db' | 'clock'>
type People = { operators: ReadonlyMap<string, Principal>; owners: ReadonlyMap<string, Principal> }

const demo = z
  .object({
    brokers: z.array(z.object({ email: z.string(), market: z.string(), profile: updateBrokerBody })),
    deals: z.array(dealPlan.extend({ broker: z.string(), provider: z.string(), acquirer: z.string() })),
  })
  .parse(desk)

/**
 * The brokers' profiles, and deals of Ningbo at three stages, so that the first statistics are not empty. What is there
 * already is left alone, and a deal that stopped half way goes on at its next step.
 */
export async function seedDesk(deps: SeedDeps, { operators, owners }: People): Promise<void> {
  for (const { email, market, profile } of demo.brokers) {
    const [operator, broker] = [operators.get(market), await userOf(deps, email)]
    const { userId: id } = broker
    const { version } = (await readBroker(deps, broker, id)).view.profile
    if (operator !== undefined && version === 1) await updateBroker(deps, operator, { id, version, change: profile })
  }
  for (const { broker, provider, acquirer, ...plan } of demo.deals) {
    const [giver, taker] = [owners.get(provider), owners.get(acquirer)]
    if (giver === undefined || taker === undefined) throw new Error(`the demo deal "${plan.title}" names nobody`)
    await seedDeal(deps, { broker: await userOf(deps, broker), provider: giver, acquirer: taker }, plan)
  }
}

async function userOf(deps: SeedDeps, email: string): Promise<Principal> {
  const account = await findAccountByEmail(deps.db, email)
  if (account === undefined) throw new Error(`the demo names the unknown user ${email}`)
  return principalOf(account)
}
