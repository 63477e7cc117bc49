import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { Principal } from '../src/kernel/principal.ts'
import {
  changeStage,
  changeStageBody,
  createApplication,
  createApplicationBody,
  listApplications,
} from '../src/modules/applications/index.ts'
import { declareEvidence, listEvidence, verifyEvidence } from '../src/modules/evidence/index.ts'
import { findListingByExternalId } from '../src/modules/listings/index.ts'
import financing from './demo/financing.json' with { type: 'json' }

type SeedDeps = Pick<Deps, 'db' | 'clock'>
type People = { operator: Principal; owners: ReadonlyMap<string, Principal> }

const fact = z.union([z.number(), z.string(), z.boolean()])
const demo = z
  .object({
    evidence: z.array(
      z.object({
        ...{ org: z.string(), asOf: z.string(), source: z.string(), verified: z.boolean() },
        facts: z.record(z.string(), fact),
      }),
    ),
    application: createApplicationBody.extend({
      ...{ applicant: z.string(), provider: z.string(), product: z.string() },
      steps: z.array(changeStageBody.extend({ by: z.enum(['applicant', 'provider']) })),
    }),
  })
  .parse(financing)

/**
 * Evidence of the demo's enterprises and one application from the pre-check to the last repayment, through the use cases. What
 * is there already is left alone, and an application that stopped half way goes on at its next step.
 */
export async function seedFinancing(deps: SeedDeps, people: People): Promise<void> {
  for (const batch of demo.evidence) await seedEvidence(deps, people, batch)
  await seedApplication(deps, people)
}

async function seedEvidence(deps: SeedDeps, people: People, batch: (typeof demo.evidence)[number]): Promise<void> {
  const owner = ownerOf(people, batch.org)
  const organisationId = owner.orgId
  const { items: known } = await listEvidence(deps, owner, { organisationId, page: { limit: 100 } })
  for (const [field, value] of Object.entries(batch.facts)) {
    const { asOf, source } = batch
    const stored =
      known.find((one) => one.field === field) ??
      (await declareEvidence(deps, owner, { organisationId, field, value, asOf, source }))
    if (!batch.verified || stored.state === 'verified') continue
    await verifyEvidence(deps, people.operator, { organisationId, evidenceId: stored.id, decision: 'verify' })
  }
}

async function seedApplication(deps: SeedDeps, people: People): Promise<void> {
  const { applicant, provider, product, steps, ...body } = demo.application
  const sides = { applicant: ownerOf(people, applicant), provider: ownerOf(people, provider) }
  const ref = { kind: 'finance_product', externalId: `demo:${product}` } as const
  const listing = await findListingByExternalId(deps.db, sides.provider.orgId, ref)
  if (listing === undefined) throw new Error(`the demo application names the unknown product ${product}`)
  const filter = { orgId: sides.applicant.orgId, role: 'applicant' } as const
  const { items: known } = await listApplications(deps.db, filter, { limit: 100 })
  const productId = listing.id as Parameters<typeof createApplication>[2]['productId']
  const application =
    known.find((one) => one.productId === listing.id) ??
    (await createApplication(deps, sides.applicant, { ...body, productId }))
  for (const { by, ...step } of steps.slice(application.version - 1)) {
    await changeStage(deps, sides[by], { id: application.id, ...step })
  }
}

function ownerOf({ owners }: People, key: string): Principal {
  const owner = owners.get(key)
  if (owner === undefined) throw new Error(`the demo names the unknown organisation ${key}`)
  return owner
}
