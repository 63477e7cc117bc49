import { and, asc, desc, eq, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { Stage } from './domain/lifecycle.ts'
import { financeApplications as applications, financeApplicationSteps as steps } from './table.ts'

export type Application = typeof applications.$inferSelect
export type Step = typeof steps.$inferSelect
export type ApplicationId = Id<'financeApplication'>

export async function insertApplication(tx: Tx, row: Application): Promise<void> {
  await tx.insert(applications).values(row)
}

export async function insertStep(tx: Tx, row: Step): Promise<void> {
  await tx.insert(steps).values(row)
}

export async function updateApplication(tx: Tx, { id, ...row }: Application): Promise<void> {
  await tx.update(applications).set(row).where(eq(applications.id, id))
}

/** What an organisation may see: its own applications, and as provider those that were submitted to it. */
function isSeenBy(orgId: Id<'organisation'>): SQL | undefined {
  const asProvider = and(eq(applications.providerId, orgId), sql`${applications.submittedAt} is not null`)
  return or(eq(applications.applicantId, orgId), asProvider)
}

export async function findApplication(db: Db, id: ApplicationId): Promise<Application | undefined> {
  const [row] = await db.select().from(applications).where(eq(applications.id, id))
  return row
}

/** @throws NOT_FOUND also for one that the organisation may not see. */
export async function getApplication(db: Db, id: ApplicationId, orgId: Id<'organisation'>): Promise<Application> {
  const [row] = await db
    .select()
    .from(applications)
    .where(and(eq(applications.id, id), isSeenBy(orgId)))
  if (row) return row
  throw notFound('finance application')
}

/** Holds the row until the transaction ends. @throws NOT_FOUND */
export async function lockApplication(tx: Tx, id: ApplicationId, orgId: Id<'organisation'>): Promise<Application> {
  const [row] = await tx
    .select()
    .from(applications)
    .where(and(eq(applications.id, id), isSeenBy(orgId)))
    .for('update')
  if (row) return row
  throw notFound('finance application')
}

export type ApplicationFilter = {
  orgId: Id<'organisation'>
  role?: 'applicant' | 'provider' | undefined
  stages?: readonly Stage[] | undefined
  /** Only those whose next step was due before this instant. */
  dueBefore?: Date | undefined
}

export async function listApplications(
  db: Db,
  filter: ApplicationFilter,
  page: PageRequest,
): Promise<PageOf<Application>> {
  const { orgId, role, dueBefore } = filter
  const before = page.after?.[0] as unknown as ApplicationId | undefined
  const rows = await db
    .select()
    .from(applications)
    .where(
      and(
        isSeenBy(orgId),
        role === 'applicant' ? eq(applications.applicantId, orgId) : undefined,
        role === 'provider' ? ne(applications.applicantId, orgId) : undefined,
        filter.stages && inArray(applications.stage, [...filter.stages]),
        dueBefore && lt(applications.dueAt, dueBefore),
        before && lt(applications.id, before),
      ),
    )
    .orderBy(desc(applications.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

export function listSteps(db: Db, id: ApplicationId): Promise<Step[]> {
  return db.select().from(steps).where(eq(steps.applicationId, id)).orderBy(asc(steps.version))
}

/** Ids of applications whose next step was due before an instant, and of which nobody was reminded yet. */
export async function listLate(db: Db, now: Date, limit: number): Promise<ApplicationId[]> {
  const rows = await db
    .select({ id: applications.id })
    .from(applications)
    .where(and(lt(applications.dueAt, now), isNull(applications.chasedAt)))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Notes the reminder; nothing when the step has been taken or chased meanwhile. */
export async function markChased(tx: Tx, id: ApplicationId, now: Date): Promise<Application | undefined> {
  const [row] = await tx
    .update(applications)
    .set({ chasedAt: now })
    .where(and(eq(applications.id, id), lt(applications.dueAt, now), isNull(applications.chasedAt)))
    .returning()
  return row
}
