import type { z } from 'zod'
import { hasStopped, roomUnderCap } from './domain/pool.ts'
import type { BookedJournal } from './ledger-repo.ts'
import type { Member } from './member-repo.ts'
import type { RiskPool } from './pool-repo.ts'
import type { journalResponse, memberResponse, poolResponse } from './schemas.ts'

export function toPool(pool: RiskPool): z.input<typeof poolResponse> {
  const { id, market, state, kind, name, shares, capacityFen, singleCapFen, capBasisPoints, version } = pool
  const { guaranteedFen, outstandingFen, cashFen, compensatedFen, recoveredFen } = pool
  return {
    ...{ id, market, state, kind, name, shares, capacityFen, singleCapFen, capBasisPoints, version },
    ...{ guaranteedFen, outstandingFen, cashFen, compensatedFen, recoveredFen },
    ...{ roomUnderCapFen: roomUnderCap(pool), hasStopped: hasStopped(pool), createdAt: pool.createdAt.toISOString() },
  }
}

export function toMember({ orgId, enrolledAt, leftAt }: Member): z.input<typeof memberResponse> {
  return { organisationId: orgId, enrolledAt: enrolledAt.toISOString(), leftAt: leftAt?.toISOString() ?? null }
}

export function toJournal({ journal, entries }: BookedJournal): z.input<typeof journalResponse> {
  const { id, kind, applicationId, reference, at } = journal
  return { id, kind, applicationId, reference, at: at.toISOString(), entries }
}
