import { Readable } from 'node:stream'
import { readSealed } from '../../audit/verify-database.ts'
import type { Db } from '../../db/client.ts'
import type { FileAnswer } from '../../http/files.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findOrganisations } from '../identity/index.ts'
import { marketTree } from '../markets/index.ts'

/**
 * The chain of one organisation from its first entry to the last that is sealed, read 1,000 at a time while it is sent: for its
 * owner, and for operators of its market or of one above it. @throws NOT_FOUND for an organisation of others.
 */
export async function exportEntries(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId = actor.orgId }: { organisationId?: Id<'organisation'> | undefined },
): Promise<FileAnswer> {
  if (!(await mayExport(db, actor, organisationId))) throw notFound('organisation')
  return {
    fileName: `audit-${organisationId}-${chinaDay(clock.now())}.ndjson`,
    mediaType: 'application/x-ndjson',
    content: Readable.from(linesOf(db, organisationId)),
  }
}

async function mayExport(db: Db, actor: Principal, id: Id<'organisation'>): Promise<boolean> {
  if (id === actor.orgId) return true
  if (actor.role !== 'operator') return false
  const organisation = (await findOrganisations(db, [id])).get(id)
  return organisation !== undefined && (await marketTree(db, actor.market)).includes(organisation.market)
}

async function* linesOf(db: Db, organisationId: Id<'organisation'>): AsyncGenerator<string> {
  for await (const record of readSealed(db, idToUuid(organisationId))) yield `${JSON.stringify(record)}\n`
}
