import { and, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { Pace } from './domain/pace.ts'
import { webhookEndpoints } from './table.ts'

export type Endpoint = typeof webhookEndpoints.$inferSelect
/** An endpoint and whose it has to be: somebody else's does not exist. */
export type EndpointRef = { id: Id<'webhookEndpoint'>; orgId: Id<'organisation'> }

const isRef = ({ id, orgId }: EndpointRef) => and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.orgId, orgId))

export async function insertEndpoint(db: Db, endpoint: Endpoint): Promise<void> {
  await db.insert(webhookEndpoints).values(endpoint)
}

export async function findEndpoint(db: Db, ref: EndpointRef): Promise<Endpoint | undefined> {
  const [row] = await db.select().from(webhookEndpoints).where(isRef(ref))
  return row
}

export async function getEndpoint(db: Db, ref: EndpointRef): Promise<Endpoint> {
  const found = await findEndpoint(db, ref)
  if (found) return found
  throw notFound('webhook endpoint')
}

export function countEndpoints(db: Db, orgId: Id<'organisation'>): Promise<number> {
  return db.$count(webhookEndpoints, eq(webhookEndpoints.orgId, orgId))
}

export async function listEndpointsOf(
  db: Db,
  orgId: Id<'organisation'>,
  { limit, after }: PageRequest,
): Promise<PageOf<Endpoint>> {
  const before = lastIdOf<'webhookEndpoint'>(after)
  const rows = await db
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.orgId, orgId), before && lt(webhookEndpoints.id, before)))
    .orderBy(desc(webhookEndpoints.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

type EndpointChange = Partial<Omit<Endpoint, 'id' | 'orgId' | 'version' | 'createdAt'>> & { updatedAt: Date }

/** Writes the change and counts the version; with a version, only if the row still has it. */
export async function updateEndpointRow(
  db: Db,
  ref: EndpointRef & { version?: number },
  change: EndpointChange,
): Promise<Endpoint | undefined> {
  const { version } = ref
  const [row] = await db
    .update(webhookEndpoints)
    .set({ ...change, version: sql`${webhookEndpoints.version} + 1` })
    .where(and(isRef(ref), version === undefined ? undefined : eq(webhookEndpoints.version, version)))
    .returning()
  return row
}

/** Its deliveries go with it. @returns whether there was such an endpoint. */
export async function deleteEndpointRow(db: Db, ref: EndpointRef): Promise<boolean> {
  const { rowCount } = await db.delete(webhookEndpoints).where(isRef(ref))
  return rowCount === 1
}

/** Holds the row, and with it its line, until the transaction ends. */
export async function lockEndpointForAttempt(tx: Tx, id: Id<'webhookEndpoint'>): Promise<Endpoint | undefined> {
  const [row] = await tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id)).for('no key update')
  return row
}

/** The same for several, in one order, so that two never wait for each other. */
export async function lockEndpoints(tx: Tx, ids: readonly Id<'webhookEndpoint'>[]): Promise<void> {
  const { id } = webhookEndpoints
  await tx.select({ id }).from(webhookEndpoints).where(inArray(id, ids)).orderBy(id).for('no key update')
}

/** Does not touch the row when nothing changes, as after most successes. */
export async function updatePace(tx: Tx, id: Id<'webhookEndpoint'>, pace: Pace): Promise<void> {
  const { parallelLimit, consecutiveFailures, pausedUntil } = webhookEndpoints
  const isOther = or(
    ne(parallelLimit, pace.parallelLimit),
    ne(consecutiveFailures, pace.consecutiveFailures),
    sql`${pausedUntil} is distinct from ${pace.pausedUntil?.toISOString() ?? null}::timestamptz`,
  )
  await tx
    .update(webhookEndpoints)
    .set(pace)
    .where(and(eq(webhookEndpoints.id, id), isOther))
}
