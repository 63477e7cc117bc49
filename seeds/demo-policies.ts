import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { Principal } from '../src/kernel/principal.ts'
import {
  claimBenefit,
  confirmRedemption,
  createPolicy,
  createPolicyBody,
  findPolicyByExternalId,
  listRedemptions,
  payRedemption,
  publishPolicy,
} from '../src/modules/policies/index.ts'
import demoPolicies from './demo/policies.json' with { type: 'json' }
import littleGiant from './programmes/little-giant-innovation.json' with { type: 'json' }
import proofOfConcept from './programmes/ningbo-proof-of-concept.json' with { type: 'json' }
import technologySme from './programmes/technology-sme.json' with { type: 'json' }

type SeedDeps = Pick<Deps, 'db' | 'clock'>
type People = { operators: ReadonlyMap<string, Principal>; owners: ReadonlyMap<string, Principal> }

/** Programmes that the demo publishes as they are, with what is known of their text. */
const programmes = {
  'technology-sme': technologySme,
  'little-giant-innovation': littleGiant,
  'ningbo-proof-of-concept': proofOfConcept,
}
const content = createPolicyBody.omit({ market: true, externalId: true })

const demo = z
  .object({
    policies: z.array(
      z.object({
        ...{ key: z.string(), market: z.string(), policy: content.optional() },
        programme: z.enum(Object.keys(programmes) as (keyof typeof programmes)[]).optional(),
        ...{ issuer: z.string().optional(), effectiveFrom: z.string().optional() },
      }),
    ),
    redemption: z.object({
      ...{ policy: z.string(), market: z.string(), claimant: z.string(), note: z.string(), reference: z.string() },
    }),
  })
  .parse(demoPolicies)

/** Policies of the demo, and one claim from the enterprise's side to the payment. What is there already is left alone. */
export async function seedPolicies(deps: SeedDeps, people: People): Promise<void> {
  for (const one of demo.policies) await seedPolicy(deps, people, one)
  await seedRedemption(deps, people)
}

type DemoPolicy = (typeof demo.policies)[number]

async function seedPolicy(deps: SeedDeps, { operators }: People, demoPolicy: DemoPolicy): Promise<void> {
  const operator = operators.get(demoPolicy.market)
  if (operator === undefined) return
  const externalId = `demo:${demoPolicy.key}`
  const known = await findPolicyByExternalId(deps.db, operator.orgId, externalId)
  const policy = known ?? (await createPolicy(deps, operator, { ...contentOf(demoPolicy), externalId }))
  if (policy.state === 'draft') await publishPolicy(deps, operator, { id: policy.id })
}

/** A policy of its own, or a programme in the shape of a policy. */
function contentOf({ policy, programme, issuer, effectiveFrom }: DemoPolicy): z.output<typeof content> {
  if (policy !== undefined) return policy
  if (programme === undefined) throw new Error('a policy of the demo has neither a text nor a programme')
  const { key: _key, ...text } = programmes[programme]
  const benefit = 'benefit' in text ? { benefit: { form: 'amount', ...text.benefit } } : {}
  return content.parse({ ...text, ...benefit, issuer, effectiveFrom })
}

async function seedRedemption(deps: SeedDeps, { operators, owners }: People): Promise<void> {
  const { policy: key, market, claimant, note, reference } = demo.redemption
  const [desk, owner] = [operators.get(market), owners.get(claimant)]
  if (desk === undefined || owner === undefined) return
  const policy = await findPolicyByExternalId(deps.db, desk.orgId, `demo:${key}`)
  if (policy === undefined) throw new Error(`the demo claims under the unknown policy ${key}`)
  const filter = { seenBy: { orgId: owner.orgId, markets: [] }, policyId: policy.id }
  const { items } = await listRedemptions(deps.db, filter, { limit: 1 })
  const claim = () => claimBenefit(deps, owner, { policyId: policy.id, note, documents: [] })
  const claimed = items[0] ?? (await claim())
  const confirmed = claimed.state === 'claimed' ? await confirmRedemption(deps, desk, { id: claimed.id }) : claimed
  if (confirmed.state === 'confirmed') await payRedemption(deps, desk, { id: claimed.id, reference })
}
