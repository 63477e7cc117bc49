import type { z } from 'zod'
import type { ListingWithOwner } from '../listings/index.ts'
import { termOf } from '../taxonomy/index.ts'
import type { NameOf } from './domain/explain/names.ts'
import { describeStep } from './domain/near-misses/describe-step.ts'
import type { CostedSet } from './domain/near-misses/order-sets.ts'
import { patchOf } from './domain/near-misses/patch-of.ts'
import type { Facts } from './domain/types.ts'
import { maxNamed, type NearMisses, type ScoredNearMiss } from './find-near-misses.ts'
import { nameOf } from './names.ts'
import type { demandNearMissesResponse } from './near-miss-schemas.ts'
import { toGateFailure, toSide } from './present.ts'

/** The other side's teaser is a supply's or a demand's, by the asker's kind. */
export function toNearMissesResponse(found: NearMisses): z.input<typeof demandNearMissesResponse> {
  const { asker, matches, outOfReach, nearMisses, sets, teasers } = found
  return {
    isOpen: asker.state === 'published' && asker.trustCode !== 'red',
    matches,
    nearMisses: nearMisses.length,
    outOfReach,
    gates: countGates(nearMisses),
    pairs: nearMisses.slice(0, maxNamed).map(({ id, value, gates }) => ({
      listing: teaserOf(teasers, id),
      score: value,
      gates: gates.map(toGateFailure),
    })),
    data: sets.map((set) => toSet(asker, set, teasers)),
  }
}

function toSet(
  asker: Facts,
  { steps, opened, cost }: CostedSet<ScoredNearMiss>,
  teasers: ReadonlyMap<string, ListingWithOwner>,
) {
  return {
    relaxations: steps.map((step) => {
      const { field, from, to, ...told } = describeStep(asker, step, { zh: nameOf, en: nameInEnglish })
      return { ...told, field: field ?? null, from: mutable(from), to: mutable(to) }
    }),
    cost,
    opens: opened.length,
    patch: patchOf(asker, steps),
    listings: opened.slice(0, maxNamed).map(({ id, value, needs }) => ({
      listing: teaserOf(teasers, id),
      score: value,
      lifts: needs.map(({ gate }) => gate),
    })),
  }
}

function countGates(nearMisses: readonly ScoredNearMiss[]) {
  const counts = new Map<string, number>()
  for (const { code } of nearMisses.flatMap(({ gates }) => gates)) counts.set(code, (counts.get(code) ?? 0) + 1)
  const sorted = [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
  return sorted.map(([code, count]) => ({ code, nearMisses: count }))
}

function teaserOf(teasers: ReadonlyMap<string, ListingWithOwner>, id: string) {
  const teaser = teasers.get(id)
  return teaser ? toSide(teaser) : null
}

/** The schema's lists are mutable, the domain's are not. */
function mutable<T>(value: T | readonly string[]): T | string[] {
  return Array.isArray(value) ? [...value] : (value as T)
}

/** A step names modes and regions only. */
const nameInEnglish: NameOf = (vocabulary, code) =>
  termOf(vocabulary === 'regions' ? 'regions' : 'cooperation-modes', code)?.en ?? code
