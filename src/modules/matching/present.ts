import type { z } from 'zod'
import type { Match } from './match-repo.ts'
import type { matchResponse } from './schemas.ts'

export function toMatchResponse(match: Match): z.input<typeof matchResponse> {
  const { id, demandId, supplyId, modelVersion, score, level, parts, explanation, state, market } = match
  return {
    ...{ id, demandId, supplyId, modelVersion, score, level, parts, explanation, state, market },
    gates: match.gates.map(({ code, distance, detail }) => ({ code, distance, detail: mutable(detail) })),
    demandOrgId: match.demandOrgId,
    supplyOrgId: match.supplyOrgId,
    createdAt: match.createdAt.toISOString(),
    updatedAt: match.updatedAt.toISOString(),
  }
}

type Detail = Match['gates'][number]['detail']

/** The schema's lists are mutable, the domain's are not. */
function mutable(detail: Detail): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  )
}
