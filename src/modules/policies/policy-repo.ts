import { and, asc, desc, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { PolicyState } from './domain/policy.ts'
import { policies, policyVersions } from './table.ts'

export type Policy = typeof policies.$inferSelect
export type PolicyVersion = typeof policyVersions.$inferSelect
export type PolicyId = Id<'policy'>

/** @throws EXTERNAL_ID_TAKEN */
export async function insertPolicy(tx: Tx, policy: Policy): Promise<void> {
  await tx
    .insert(policies)
    .values(policy)
    .catch((cause: unknown) => {
      if (!isUniqueViolation(cause, 'policies__external_id')) throw cause
      throw new AppError('EXTERNAL_ID_TAKEN', 'You have a policy with this external id.', { cause })
    })
}

export async function findPolicy(db: Db, id: PolicyId): Promise<Policy | undefined> {
  const [row] = await db.select().from(policies).where(eq(policies.id, id))
  return row
}

export async function findPolicyByExternalId(
  db: Db,
  orgId: Id<'organisation'>,
  externalId: string,
): Promise<Policy | undefined> {
  const [row] = await db
    .select()
    .from(policies)
    .where(and(eq(policies.orgId, orgId), eq(policies.externalId, externalId)))
  return row
}

/** Holds the row until the transaction ends. @throws NOT_FOUND */
export async function lockPolicy(tx: Tx, id: PolicyId): Promise<Policy> {
  const [row] = await tx.select().from(policies).where(eq(policies.id, id)).for('update')
  if (row) return row
  throw notFound('policy')
}

export async function updatePolicy(tx: Tx, { id, ...row }: Policy): Promise<void> {
  await tx.update(policies).set(row).where(eq(policies.id, id))
}

type PolicyFilter = { markets: readonly string[]; state: PolicyState }

/** Newest first. */
export async function listPolicyRows(
  db: Db,
  { markets, state }: PolicyFilter,
  page: PageRequest,
): Promise<PageOf<Policy>> {
  const before = page.after?.[0] as unknown as PolicyId | undefined
  const rows = await db
    .select()
    .from(policies)
    .where(and(inArray(policies.market, [...markets]), eq(policies.state, state), before && lt(policies.id, before)))
    .orderBy(desc(policies.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

/** All that is published in the markets, newest first. */
export function listPublished(db: Db, markets: readonly string[]): Promise<Policy[]> {
  return db
    .select()
    .from(policies)
    .where(and(inArray(policies.market, [...markets]), eq(policies.state, 'published')))
    .orderBy(desc(policies.id))
}

export async function insertVersion(tx: Tx, version: PolicyVersion): Promise<void> {
  await tx.insert(policyVersions).values(version)
}

/** Rewrites the draft of a policy; a published version cannot be reached. */
export async function updateDraft(tx: Tx, { policyId, number: _number, ...content }: PolicyVersion): Promise<void> {
  await tx
    .update(policyVersions)
    .set(content)
    .where(and(eq(policyVersions.policyId, policyId), isNull(policyVersions.publishedAt)))
}

/** The versions of these policies, oldest first; of drafts only where they are asked for. */
export function listVersions(
  db: Db,
  ids: readonly PolicyId[],
  { withDrafts }: { withDrafts: boolean },
): Promise<PolicyVersion[]> {
  return db
    .select()
    .from(policyVersions)
    .where(
      and(inArray(policyVersions.policyId, [...ids]), withDrafts ? undefined : isNotNull(policyVersions.publishedAt)),
    )
    .orderBy(asc(policyVersions.policyId), asc(policyVersions.number))
}

/** @throws NOT_FOUND */
export async function getVersion(db: Db, policyId: PolicyId, number: number): Promise<PolicyVersion> {
  const [row] = await db
    .select()
    .from(policyVersions)
    .where(and(eq(policyVersions.policyId, policyId), eq(policyVersions.number, number)))
  if (row) return row
  throw notFound('version of the policy')
}
