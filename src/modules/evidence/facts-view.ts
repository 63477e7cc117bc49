import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Fact, Facts, HeldQualification } from '../../rules/index.ts'
import type { Organisation } from '../identity/index.ts'
import { organisationQualifications } from '../identity/table.ts'
import { currentFacts } from './domain/evidence.ts'
import { organisationEvidence } from './table.ts'

type Subject = Pick<Organisation, 'id' | 'kind' | 'region' | 'market'>

/** All that rules may know of an organisation on a day (YYYY-MM-DD in China). */
export async function readFacts(db: Db, organisation: Subject, day: string): Promise<Facts> {
  const [statements, qualifications] = await Promise.all([
    db.select().from(organisationEvidence).where(eq(organisationEvidence.orgId, organisation.id)),
    heldBy(db, organisation.id),
  ])
  return { fields: new Map([...currentFacts(statements, day), ...registered(organisation)]), qualifications }
}

function registered({ kind, region, market }: Subject): [string, Fact][] {
  const fact = (value: string): Fact => ({ value, isVerified: true, source: 'register' })
  const known: [string, Fact][] = [
    ['organisationKind', fact(kind)],
    ['market', fact(market)],
  ]
  return region === null ? known : [...known, ['region', fact(region)]]
}

async function heldBy(db: Db, orgId: Id<'organisation'>): Promise<HeldQualification[]> {
  const { type, validFrom, validTo, state } = organisationQualifications
  const rows = await db
    .select({ type, validFrom, validTo, state })
    .from(organisationQualifications)
    .where(eq(organisationQualifications.orgId, orgId))
  return rows.map((row) => ({
    ...{ type: row.type, validFrom: row.validFrom, isVerified: row.state === 'verified' },
    ...(row.validTo !== null && { validTo: row.validTo }),
  }))
}
