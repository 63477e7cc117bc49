import type { z } from 'zod'
import type { Principal } from '../../kernel/principal.ts'
import { type ListingWithOwner, toTeaser } from '../listings/index.ts'
import type { GateFailure } from './domain/gates/gate.ts'
import { locateEvidence } from './locate-evidence.ts'
import type { Match } from './match-repo.ts'
import type { Preview, Previews } from './preview-match.ts'
import type { MatchView } from './read-match.ts'
import type { gateFailure, matchDetailResponse, matchPreviewResponse, matchResponse } from './schemas.ts'

export function toMatchResponse(match: Match): z.input<typeof matchResponse> {
  const { id, demandId, supplyId, modelVersion, score, level, parts, explanation, state, market } = match
  return {
    ...{ id, demandId, supplyId, modelVersion, score, level, parts, explanation, state, market },
    gates: match.gates.map(toGateFailure),
    demandOrgId: match.demandOrgId,
    supplyOrgId: match.supplyOrgId,
    createdAt: match.createdAt.toISOString(),
    updatedAt: match.updatedAt.toISOString(),
  }
}

/** With the places of the evidence, which are looked up anew for each reader. */
export function toMatchDetailResponse(
  reader: Principal,
  { match, demand, supply }: MatchView,
): z.input<typeof matchDetailResponse> {
  return {
    ...toMatchResponse(match),
    parts: locateEvidence(reader, match.parts, { demand, supply }),
    demand: demand ? { ...toSide(demand), id: match.demandId } : null,
    supply: supply ? { ...toSide(supply), id: match.supplyId } : null,
  }
}

export function toPreviewResponse({ passing, nearMisses }: Previews): z.input<typeof matchPreviewResponse> {
  return { data: passing.map(toPreview), nearMisses: nearMisses.map(toPreview) }
}

function toPreview({ score, explanation, gates, counterpart }: Preview) {
  const teaser = counterpart ? toSide(counterpart) : null
  return {
    modelVersion: score.modelVersion,
    score: score.value,
    level: score.level,
    parts: score.parts,
    gates: gates.map(toGateFailure),
    explanation,
    demand: counterpart?.listing.kind === 'demand' ? teaser : null,
    supply: counterpart?.listing.kind === 'supply' ? teaser : null,
  }
}

/** Absent texts are null here. */
export function toSide(side: ListingWithOwner) {
  const { id, title, summary, organisation, market, region, fields, trustCode } = toTeaser(side)
  return { id, title, summary: summary ?? null, organisation, market, region: region ?? null, fields, trustCode }
}

/** The schema's lists are mutable, the domain's are not. */
export function toGateFailure({ code, distance, detail }: GateFailure): z.input<typeof gateFailure> {
  const values = Object.entries(detail).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value])
  return { code, distance, detail: Object.fromEntries(values) }
}
