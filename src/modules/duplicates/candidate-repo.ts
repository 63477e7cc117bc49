import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { duplicateCandidates } from './table.ts'

export type Candidate = typeof duplicateCandidates.$inferSelect

/** Adds pairs, and reasons to pairs that are known; what was decided about one stays decided. No pair may come twice. */
export async function upsertCandidates(tx: Tx, candidates: readonly Candidate[]): Promise<void> {
  if (candidates.length === 0) return
  const rows = candidates.map(({ id, kind, firstId, secondId, reasons, similarity, state, createdAt }) => ({
    ...{ id: idToUuid(id), kind, first_id: firstId, second_id: secondId, reasons, similarity, state },
    created_at: createdAt.toISOString(),
  }))
  await tx.execute(sql`
    insert into duplicate_candidates as known
    select * from jsonb_populate_recordset(null::duplicate_candidates, ${JSON.stringify(rows)}::jsonb)
    on conflict (first_id, second_id) do update set
      reasons = (select array_agg(distinct reason order by reason) from unnest(known.reasons || excluded.reasons) as reason),
      similarity = coalesce(excluded.similarity, known.similarity)`)
}

/** Holds the pair until the transaction ends. @throws NOT_FOUND */
export async function lockCandidate(tx: Tx, id: Id<'duplicateCandidate'>): Promise<Candidate> {
  const [row] = await tx.select().from(duplicateCandidates).where(eq(duplicateCandidates.id, id)).for('update')
  if (row) return row
  throw notFound('duplicate candidate')
}

export async function updateCandidate(
  tx: Tx,
  id: Id<'duplicateCandidate'>,
  values: Pick<Candidate, 'state' | 'decidedBy' | 'decidedAt' | 'survivorId'>,
): Promise<void> {
  await tx.update(duplicateCandidates).set(values).where(eq(duplicateCandidates.id, id))
}
