import type { z } from 'zod'
import { uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type ListingWithOwner, toTeaser } from '../listings/index.ts'
import { mayMerge } from './domain/candidate.ts'
import type { CandidateView } from './list-candidates.ts'
import type { candidateResponse } from './schemas.ts'

export function toCandidateResponse({ candidate, first, second }: CandidateView): z.input<typeof candidateResponse> {
  const { id, kind, reasons, similarity, state, survivorId, decidedAt, createdAt } = candidate
  return {
    ...{ id, kind, reasons, state },
    similarity: similarity ?? undefined,
    isMergeable: mayMerge(first.listing, second.listing),
    survivorId: survivorId === null ? undefined : uuidToId(entityOfKind[kind], survivorId),
    listings: [first, second].map(sideOf),
    decidedAt: decidedAt?.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}

function sideOf(side: ListingWithOwner) {
  const { id, market, organisation, title, summary, state, publishedAt } = toTeaser(side)
  return { id, market, organisation, title, summary, state, publishedAt }
}
